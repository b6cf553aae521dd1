"""The published description of the API: an OpenAPI 3.1 document made of the routes, the contract and the kinds of messages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import TypeAdapter

from hall.api.contract import HEADERS, OPERATIONS, By, Content, Operation, codes_of
from wire.messages import MAX_BATCH, MAX_BODY_BYTES, WIRE_VERSION, Trouble

Document = dict[str, Any]
ADDRESS = "/v1/openapi.json"
_REF = "#/components/schemas/{model}"
_INTRO = (
    "What stations and departments say to the hall (docs/wire.md). Every answer that is not 2xx is a Trouble with one of "
    f"the codes listed at its status. A batch has at most {MAX_BATCH} events and {MAX_BODY_BYTES} bytes of bodies."
)
_SCHEMES: Document = {
    "device": {
        "type": "apiKey",
        "in": "header",
        "name": "Signature",
        "description": "RFC 9421 with the device's Ed25519 key over @method, @authority, @target-uri and content-digest "
        "(RFC 9530), with created, expires, nonce, keyid and alg; Signature-Input and Content-Digest go with it.",
    },
    "ticket": {"type": "http", "scheme": "bearer", "description": "for one scan, from /v1/upload-tickets"},
    "department": {"type": "http", "scheme": "bearer", "description": "token of a department's own system"},
}
_SCHEME_OF = {
    By.DEVICE: "device",
    By.PENDING_DEVICE: "device",
    By.DEPARTMENT: "department",
    By.TICKET: "ticket",
}


class NotDescribed(Exception):
    """Routes and contract are not of one mind; the text names the addresses."""


class DescribedApi(FastAPI):
    """An application that publishes the contract in place of what a framework can guess."""

    def openapi(self) -> Document:
        """Return the document, made once."""
        if self.openapi_schema is None:
            self.openapi_schema = describe(self)
        return self.openapi_schema


def describe(app: FastAPI, operations: tuple[Operation, ...] = OPERATIONS) -> Document:
    """Return the OpenAPI document of an application. Raises NotDescribed where it has another address than the contract."""
    made = get_openapi(
        title="一窗 hall",
        version=str(WIRE_VERSION),
        openapi_version="3.1.0",
        description=_INTRO,
        routes=app.routes,
    )
    known = {(each.method, each.path): each for each in operations}
    there = {(method.upper(), path) for path, methods in made["paths"].items() for method in methods}
    wrong = sorted(f"{method} {path}" for method, path in there ^ known.keys())
    if wrong:
        raise NotDescribed(", ".join(wrong))
    adapters: list[tuple[str, Any, TypeAdapter[Any]]] = [("trouble", "serialization", TypeAdapter(Trouble))]
    adapters += [(_key(each, side), mode, TypeAdapter(kind)) for each, side, mode, kind in _kinds(operations)]
    schemas, components = TypeAdapter.json_schemas(adapters, ref_template=_REF)
    said: Mapping[str, Any] = {str(key): schema for (key, _), schema in schemas.items()}
    for (method, path), each in known.items():
        _fill(made["paths"][path][method.lower()], each, said)
    made["components"] = {
        "schemas": components.get("$defs", {}),
        "responses": dict(_refusals(known.values(), said["trouble"])),
        "securitySchemes": _SCHEMES,
    }
    _close(made["components"]["schemas"])
    return made


def _kinds(operations: tuple[Operation, ...]) -> Iterator[tuple[Operation, str, str, Any]]:
    for each in operations:
        # One mode for both sides: what a message may look like does not hang on who sends it.
        for side, kind in (("asks", each.asks), ("tells", each.tells)):
            if kind is not None and not isinstance(kind, Content):
                yield each, side, "serialization", kind


def _key(each: Operation, side: str) -> str:
    return f"{side} {each.method} {each.path}"


def _fill(operation: Document, each: Operation, said: Mapping[str, Any]) -> None:
    operation["operationId"] = operation["operationId"].split("_v1_")[0]
    operation["tags"] = [each.path.split("/")[2]]
    operation.pop("requestBody", None)
    if each.asks is not None:
        operation["requestBody"] = {"required": True, "content": _content(each, "asks", each.asks, said)}
    for name in each.headers:
        header = {"name": name, "in": "header", "required": True, "schema": dict(HEADERS[name])}
        operation.setdefault("parameters", []).append(header)
    scheme = _SCHEME_OF.get(each.by)
    if scheme:
        operation["security"] = [{scheme: []}]
    good: Document = {"description": "done"}
    if each.tells is not None:
        good = {"description": "the answer", "content": _content(each, "tells", each.tells, said)}
    operation["responses"] = {str(each.status): good}
    for status, codes in codes_of(each).items():
        operation["responses"][str(status)] = {"$ref": f"#/components/responses/{_name(status, codes)}"}


def _name(status: int, codes: tuple[str, ...]) -> str:
    return f"{status}-{'-'.join(codes)}"


def _refusals(known: Iterable[Operation], trouble: Any) -> Iterator[tuple[str, Document]]:
    for each in known:
        for status, codes in codes_of(each).items():
            yield _name(status, codes), _refusal(status, codes, trouble)


def _content(each: Operation, side: str, kind: Any, said: Mapping[str, Any]) -> Document:
    if isinstance(kind, Content):
        return {kind.value: {"schema": {"type": "string", "format": "binary"}}}
    return {"application/json": {"schema": said[_key(each, side)]}}


def _refusal(status: int, codes: tuple[str, ...], trouble: Any) -> Document:
    narrowed = {"allOf": [trouble, {"properties": {"code": {"enum": list(codes)}}}]}
    made: Document = {
        "description": ", ".join(codes),
        "content": {"application/json": {"schema": narrowed}},
    }
    if status == 429:
        wait = {
            "required": codes == ("busy",),
            "description": "seconds",
            "schema": {"type": "integer", "minimum": 1},
        }
        made["headers"] = {"Retry-After": wait}
    return made


def _close(schemas: Mapping[str, Any]) -> None:
    # The codec refuses a field that it does not know, on both sides.
    for schema in schemas.values():
        if "properties" in schema:
            schema["additionalProperties"] = False

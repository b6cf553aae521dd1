"""The reviewer's page in Debian's Chromium: by keyboard alone, with and without script, readable wide, narrow and enlarged."""

from __future__ import annotations

import base64
import os
import re
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx2
import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select

from demo.environment import Demo
from hall.licences import licence_number
from tests.fakes.browser import (
    NARROW,
    WIDE,
    browser,
    complaints,
    console,
    focused,
    loading,
    press,
    press_alt,
    send,
    set_view,
    tab_to,
)
from tests.fakes.device import ALL_SEEN, Device
from tests.fakes.newcomer import newcomer
from tests.fakes.people import MOTHER_ID, MOTHER_NAME
from tests.fakes.scans import png
from wire.codec import decode
from wire.dates import Extended
from wire.messages import ChangeKind, MaterialHow, ResultCode, SubCaseMoved
from wire.procedures import ProcedureBegun, ProcedureEnded, ProcedureKind

DESK = "/desk/public_security"
LICENCE = licence_number("1" * 21, "2" * 18, "18990101000001")
PICTURES = os.environ.get("DESK_PICTURES")  # a folder: pictures of each page are left there, to be looked at


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    root = tmp_path_factory.mktemp("desk-page")
    with Demo(root, Path(sys.executable), with_card=False, review=False) as started:
        yield started


@pytest.fixture(scope="module")
def device(demo: Demo) -> Device:
    return newcomer(demo)


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    with browser(tmp_path_factory.mktemp("profile")) as started:
        set_view(started, *WIDE)
        yield started


def _accepted(device: Device) -> str:
    case = f"case-{time.monotonic_ns()}"
    results = device.push(device.received(case), device.accepted(case))
    assert {result.status for result in results} == {"applied"}
    return case


def _sign_in(page: Chrome, demo: Demo) -> None:
    """Open the desk; where nobody is signed in, type account and password, the keyboard alone."""
    page.get(demo.hall_url + DESK)
    if focused(page) == "login":
        send(page, "reviewer", Keys.TAB, "demo-reviewer")


def _task_of(page: Chrome, demo: Demo, device: Device, case: str) -> str:
    (registered,) = [c for c in device.all_changes(case) if c.kind is ChangeKind.CASE_REGISTERED]
    number = re.search(r'"project_no":"(\w+)"', registered.body)
    assert number is not None
    _sign_in(page, demo)
    press_alt(page, "2")
    send(page, number[1])
    tab_to(page, number[1])
    send(page)
    return number[1]


def _take(page: Chrome) -> None:
    with loading(page):
        press_alt(page, "3")


def _h1(page: Chrome) -> str:
    return page.find_element(By.TAG_NAME, "h1").text


def _picture(page: Chrome, name: str) -> None:
    if PICTURES:
        height = page.execute_script("return document.documentElement.scrollHeight")
        clip = {
            "x": 0,
            "y": 0,
            "width": page.execute_script("return innerWidth"),
            "height": height,
            "scale": 1,
        }
        shot = page.execute_cdp_cmd("Page.captureScreenshot", {"clip": clip, "captureBeyondViewport": True})
        Path(PICTURES, f"{name}.png").write_bytes(base64.b64decode(shot["data"]))


def _moves(device: Device, case: str) -> list[SubCaseMoved]:
    changes = [c for c in device.all_changes(case) if c.kind is ChangeKind.SUB_CASE_MOVED]
    return [decode(SubCaseMoved, change.body) for change in changes]


def test_sign_in_take_and_decide_by_keyboard_alone(demo: Demo, device: Device, page: Chrome) -> None:
    case = _accepted(device)
    number = _task_of(page, demo, device, case)
    assert (_h1(page), number in page.title) == ("出生登记", True)
    _take(page)
    assert "已接办" in page.find_element(By.CSS_SELECTOR, "[role=status]").text
    assert focused(page) == "code"  # where the next thing is done
    send(page, Keys.TAB, "材料齐全，准予登记", Keys.TAB, Keys.TAB, "户口登记", Keys.TAB, LICENCE)
    assert _h1(page) == "核对后提交"
    assert LICENCE in page.find_element(By.TAG_NAME, "main").text
    assert _moves(device, case)[-1].result is None  # nothing is sent before it was confirmed
    send(page)
    assert "决定已提交" in page.find_element(By.CSS_SELECTOR, "[role=status]").text
    (result,) = [move.result for move in _moves(device, case) if move.result]
    assert (result.code, result.text, result.licence_name, result.licence_no) == (
        ResultCode.GRANTED,
        "材料齐全，准予登记",
        "户口登记",
        LICENCE,
    )
    assert console(page) == []


@pytest.mark.long
def test_a_denial_asks_for_reason_and_law_and_keeps_what_was_typed(
    demo: Demo, device: Device, page: Chrome
) -> None:
    case = _accepted(device)
    _task_of(page, demo, device, case)
    _take(page)
    Select(page.find_element(By.ID, "code")).select_by_value("denied")
    press(page, Keys.TAB, "不符合条件")
    tab_to(page, "核对决定")
    send(page)
    summary = page.find_element(By.CSS_SELECTOR, "[role=alert]")
    assert "必须写明条款" in summary.text
    assert page.switch_to.active_element == summary  # what is wrong is heard first
    assert page.title.startswith("有误")
    press(page, Keys.TAB, Keys.ENTER)  # the summary leads to the field
    assert page.find_element(By.ID, "basis").get_attribute("aria-invalid") == "true"
    assert page.find_element(By.ID, "text").get_attribute("value") == "不符合条件"
    tab_to(page, "basis")
    send(page, "户口登记条例第七条")
    tab_to(page, "返回修改")
    send(page)  # back once: what was typed is still there
    assert page.find_element(By.ID, "basis").get_attribute("value") == "户口登记条例第七条"
    tab_to(page, "licence_no")
    send(page)
    send(page)  # the confirmation has the focus
    (result,) = [
        move.result for move in _moves(device, case) if move.result and move.item == "birth-registration"
    ]
    assert (result.code, result.text, result.basis) == (ResultCode.DENIED, "不符合条件", "户口登记条例第七条")


@pytest.mark.long
def test_an_extension_says_what_is_missing_and_then_moves_the_day(
    demo: Demo, device: Device, page: Chrome
) -> None:
    case = _accepted(device)
    _task_of(page, demo, device, case)
    _take(page)
    before = page.find_element(By.CSS_SELECTOR, "dl.facts").text
    tab_to(page, "more_days")
    press(page, "16", Keys.TAB, "需外地核实", Keys.TAB, "延 3 号", Keys.TAB, "测试局长", Keys.ENTER)
    assert "多部门累计 1 到 15 个" in page.find_element(By.CSS_SELECTOR, "[role=alert]").text
    assert page.find_element(By.ID, "more_days").get_attribute("aria-invalid") == "true"
    assert page.find_element(By.ID, "more_reason").get_attribute("value") == "需外地核实"
    box = page.find_element(By.ID, "more_days")
    box.clear()
    box.send_keys("5", Keys.ENTER)
    assert "已延长" in page.find_element(By.CSS_SELECTOR, "[role=status]").text
    after = page.find_element(By.CSS_SELECTOR, "dl.facts").text
    assert "承诺日期" in before
    assert after != before
    (told,) = [decode(Extended, c.body) for c in device.all_changes(case) if c.kind is ChangeKind.EXTENDED]
    assert (told.days, told.reason, told.approver) == (5, "需外地核实", "测试局长")


@pytest.mark.long
def test_a_special_procedure_stops_the_clock_and_its_end_starts_it(
    demo: Demo, device: Device, page: Chrome
) -> None:
    case = _accepted(device)
    _task_of(page, demo, device, case)
    _take(page)
    press_alt(page, "5")
    assert focused(page) == "kind"
    press(
        page,
        Keys.TAB,
        "15",
        Keys.TAB,
        Keys.TAB,
        "申请人要求听证",
        Keys.TAB,
        "特告 1 号",
        Keys.TAB,
        Keys.ENTER,
    )
    assert "批准人" in page.find_element(By.CSS_SELECTOR, "[role=alert]").text
    tab_to(page, "approver")
    send(page, "测试领导")
    shown = page.find_element(By.TAG_NAME, "main").text
    assert "停止计时" in shown
    assert "联办法定期限" in shown  # several departments have the case
    assert page.find_elements(By.ID, "decision") == []  # nothing is decided meanwhile
    press_alt(page, "5")
    send(page, "听证已举行", Keys.TAB)
    assert "已恢复计时" in page.find_element(By.CSS_SELECTOR, "[role=status]").text
    told = {c.kind: c.body for c in device.all_changes(case)}
    begun = decode(ProcedureBegun, told[ChangeKind.PROCEDURE_BEGUN])
    ended = decode(ProcedureEnded, told[ChangeKind.PROCEDURE_ENDED])
    assert (begun.kind, begun.days, begun.approver, ended.outcome) == (
        ProcedureKind.HEARING,
        15,
        "测试领导",
        "听证已举行",
    )


@pytest.mark.long
def test_j_and_k_walk_the_list_and_no_other_field_loses_a_letter(
    demo: Demo, device: Device, page: Chrome
) -> None:
    for _ in range(3):
        _accepted(device)
    _sign_in(page, demo)
    links = [link.text for link in page.find_elements(By.CSS_SELECTOR, "[data-walk] a")]
    assert focused(page) == links[0]
    press(page, "j", "j")
    assert focused(page) == links[2]
    press(page, "k")
    assert focused(page) == links[1]
    press_alt(page, "2")
    press(page, "jk")
    assert page.find_element(By.ID, "q").get_attribute("value") == "jk"


def test_no_person_stands_in_list_title_or_address(demo: Demo, device: Device, page: Chrome) -> None:
    case = _accepted(device)
    _sign_in(page, demo)
    _hold_no_person(page.page_source + page.title + page.current_url)
    press_alt(page, "2")
    press(page, MOTHER_NAME, Keys.ENTER)  # a name is not even sent
    assert "?q=" not in page.current_url
    page.get(f"{demo.hall_url}{DESK}?q={MOTHER_NAME}")
    _hold_no_person(page.page_source + page.title)
    _task_of(page, demo, device, case)
    _hold_no_person(page.title + page.current_url)
    assert MOTHER_NAME in page.find_element(By.TAG_NAME, "main").text  # full on the task's own page
    assert page.execute_script("return document.referrer") == ""


def _hold_no_person(text: str) -> None:
    assert not [word for word in (MOTHER_NAME, MOTHER_ID, "测小宝") if word in text]


# -- readable for everybody -----------------------------------------------------------------------------
@pytest.mark.parametrize("language", ["zh", pytest.param("en", marks=pytest.mark.long)])
def test_every_page_passes_the_walk_wide_narrow_and_enlarged(
    demo: Demo, device: Device, page: Chrome, language: str
) -> None:
    case = _accepted(device)
    page.get(f"{demo.hall_url}/desk/health?lang={language}")
    views = {"wide": WIDE, "narrow": NARROW, "enlarged": (WIDE[0] // 2, WIDE[1] // 2)}  # 200 % of 1366 x 768

    def look(name: str) -> None:
        for view, size in views.items():
            set_view(page, *size)
            assert (name, view, complaints(page)) == (name, view, [])
            _picture(page, f"{name}-{language}-{view}")
        set_view(page, *WIDE)

    try:
        look("sign-in")
        _task_of(page, demo, device, case)
        look("task-not-taken")
        page.back()
        _sign_in(page, demo)
        look("queue")
        _task_of(page, demo, device, case)
        _take(page)
        look("task")
        Select(page.find_element(By.ID, "code")).select_by_value("denied")
        tab_to(page, "text")
        tab_to(page, "licence_no")
        send(page)
        look("problem")
        tab_to(page, "text")
        press(page, "x")
        tab_to(page, "basis")
        send(page, "y")
        look("confirm")
    finally:
        set_view(page, *WIDE)
        page.get(f"{demo.hall_url}/desk/health?lang=zh")
    # The two forms with a gap were answered with 422, and the browser says so; nothing else.
    assert [entry for entry in console(page) if "status of 422" not in entry["message"]] == []


def test_the_walk_sees_what_is_wrong(demo: Demo, page: Chrome) -> None:
    """The control: one fault of each kind is planted, and each is told."""
    page.get(f"{demo.hall_url}/desk/transport")
    assert complaints(page) == []
    page.execute_script(
        """
        const main = document.querySelector("main");
        const add = (html) => main.insertAdjacentHTML("beforeend", html);
        add("<input name='nameless'>");
        add("<button class='tiny'>x</button>");
        main.querySelector(".tiny").style.cssText = "min-height:0;width:10px;height:10px;padding:0";
        add("<a href='#nowhere'>y</a>"); add("<h4>z</h4>"); add("<p id='main'>again</p>");
        add("<p class='pale'>pale</p>"); main.querySelector(".pale").style.color = "#aaa";
        add("<p class='wide'>wide</p>"); main.querySelector(".wide").style.width = "3000px";
        add("<b tabindex='3'>t</b>");
        """
    )
    told = " | ".join(complaints(page))
    for fault in (
        "no name",
        "small",
        "leads nowhere",
        "heading jumps",
        "id twice",
        "contrast",
        "wider",
        "tabindex",
    ):
        assert fault in told, fault


@pytest.mark.long
def test_the_focus_is_seen_wherever_it_is(demo: Demo, device: Device, page: Chrome) -> None:
    _accepted(device)
    _sign_in(page, demo)
    page.get(f"{demo.hall_url}{DESK}?q=0")  # nothing found: nothing takes the focus by itself
    order = []
    for _ in range(7):
        press(page, Keys.TAB)
        width = page.execute_script("return getComputedStyle(document.activeElement).outlineWidth")
        assert width == "3px", focused(page)
        order.append(focused(page))
    assert order[0] == "跳到正文"
    assert order[1:4] == ["待办", "English", "退出"]
    assert order[4:7] == ["q", "查找", "显示全部"]


# -- without script, and against other sites --------------------------------------------------------------
@pytest.mark.long
def test_everything_works_without_script(demo: Demo, device: Device, tmp_path: Path) -> None:
    case = _accepted(device)
    with browser(tmp_path / "profile", script=False) as page:
        page.implicitly_wait(20)  # a key returns before the browser has moved
        page.get(demo.hall_url + DESK)
        page.find_element(By.ID, "login").send_keys("reviewer")
        page.find_element(By.ID, "password").send_keys("demo-reviewer", Keys.ENTER)
        page.find_elements(By.CSS_SELECTOR, "tbody a")[-1].click()
        for words in ("接办", "核对决定", "确认提交"):
            page.find_element(By.XPATH, f"//button[normalize-space()='{words}']").click()
        assert "决定已提交" in page.find_element(By.TAG_NAME, "main").text
    assert [move.result.code for move in _moves(device, case) if move.result] == [ResultCode.GRANTED]


def test_the_session_is_out_of_reach_of_scripts_and_ends_with_sign_out(
    demo: Demo, device: Device, page: Chrome
) -> None:
    _accepted(device)
    _sign_in(page, demo)
    assert page.execute_script("return document.cookie") == ""
    cookie = next(each for each in page.get_cookies() if each["name"] == "desk")
    assert (cookie["httpOnly"], cookie["sameSite"], cookie["path"]) == (True, "Strict", DESK)
    tab_to(page, "退出")
    send(page)
    assert focused(page) == "login"
    stolen = {"Cookie": f"desk={cookie['value']}"}  # the token is worth nothing any more
    answer = httpx2.get(demo.hall_url + DESK, headers=stolen, trust_env=False)
    assert "password" in answer.text


def test_the_pages_forbid_other_sites_and_foreign_scripts(demo: Demo, page: Chrome) -> None:
    headers = httpx2.get(demo.hall_url + DESK, trust_env=False).headers
    policy = headers["content-security-policy"]
    for rule in ("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "form-action 'self'"):
        assert rule in policy
    assert "unsafe" not in policy
    assert (headers["referrer-policy"], headers["cache-control"]) == ("no-referrer", "no-store")
    page.get(demo.hall_url + DESK)
    page.execute_script(
        "const s = document.createElement('script'); s.textContent = 'window.hit = 1'; document.body.append(s)"
    )
    assert page.execute_script("return window.hit === undefined")


# -- who sits here, and what they see of the papers ---------------------------------------------------------
def test_a_reviewer_has_a_name_and_opens_the_scans_of_the_task_and_no_others(
    demo: Demo, device: Device
) -> None:
    sha256, foreign = device.upload(png()), device.upload(png(shade=90))
    papers = tuple(
        replace(paper, how=MaterialHow.SCANNED, blobs=(sha256,)) if at == 0 else paper
        for at, paper in enumerate(ALL_SEEN)
    )
    case = f"case-{time.monotonic_ns()}"
    results = device.push(device.received(case, materials=papers), device.accepted(case, materials=papers))
    assert {result.status for result in results} == {"applied"}
    with httpx2.Client(base_url=demo.hall_url, trust_env=False, follow_redirects=True) as browser:
        outside = browser.get(f"{DESK}/1/scans/{sha256}")
        assert "password" in outside.text  # nobody is signed in: the door, and no picture
        account = {"login": "reviewer", "password": "demo-reviewer"}
        queue = browser.post(f"{DESK}/sign-in", data=account).text
        assert "当前账号 reviewer" not in queue
        assert re.search(r"当前账号 \S*[\u4e00-\u9fff]", queue)
        task = max(int(at) for at in re.findall(rf'href="{DESK}/(\d+)"', queue))
        page = browser.get(f"{DESK}/{task}").text
        assert f'href="{DESK}/{task}/scans/{sha256}"' in page
        mark = re.search(r'name="mark" value="(\w+)"', page)
        assert mark is not None
        taken = browser.post(f"{DESK}/{task}/take", data={"mark": mark[1]}).text
        assert "由 reviewer 办理" not in taken
        shown = browser.get(f"{DESK}/{task}/scans/{sha256}")
        assert shown.headers["content-type"] == "image/png"
        assert shown.content.startswith(b"\x89PNG")
        assert "default-src 'none'" in shown.headers["content-security-policy"]
        assert shown.headers["cache-control"] == "no-store"
        other = browser.get(f"{DESK}/{task}/scans/{foreign}")
        assert other.status_code == 404
        assert "扫描件：这件材料里没有" in other.text
        elsewhere = browser.get(f"/desk/health/{task}/scans/{sha256}")
        assert "password" in elsewhere.text  # another department is another door

// Sends one file through tus-js-client: node upload.mjs ENDPOINT TICKET FILE CHUNK
import { readFileSync } from "node:fs";
import { Upload } from "tus-js-client";

const [endpoint, ticket, file, chunk] = process.argv.slice(2);
const upload = new Upload(readFileSync(file), {
  endpoint,
  chunkSize: Number(chunk),
  headers: { Authorization: `Bearer ${ticket}` },
  retryDelays: Array(50).fill(10),
  onError(error) {
    console.error(String(error));
    process.exit(1);
  },
  onSuccess() {
    console.log(new URL(upload.url).pathname);
    process.exit(0);
  },
});
upload.start();

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { it } from "node:test";
import { parquetReadObjects } from "hyparquet";
import { pages } from "./setup.mjs";

// The records of a CSV table, by the names of its columns.
const records = (text) => {
  const rows = [[""]];
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const row = rows.at(-1);
    if (quoted) {
      if (text[i] !== '"') row[row.length - 1] += text[i];
      else if (text[i + 1] === '"') row[row.length - 1] += text[i++];
      else quoted = false;
    } else if (text[i] === '"') quoted = true;
    else if (text[i] === ",") row.push("");
    else if (text[i] === "\n") rows.push([""]);
    else row[row.length - 1] += text[i];
  }
  const [names, ...rest] = rows.filter((row) => row.length > 1);
  return rest.map((row) => Object.fromEntries(row.map((field, i) => [names[i], field])));
};

const field = (value) => value === null || value === undefined ? ""
  : typeof value === "number" ? value.toFixed(6) : String(value);

it("Parquet tables hold what the CSV tables hold, read by another library", async () => {
  const { report } = pages();
  for (const name of ["documents", "sentences"]) {
    const bytes = readFileSync(join(report, name + ".parquet"));
    const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
    const found = await parquetReadObjects({ file });
    const expected = records(readFileSync(join(report, name + ".csv"), "utf8"));
    assert.ok(expected.length > 10);
    assert.deepEqual(found.map((row) => Object.fromEntries(Object.entries(row).map(([k, v]) => [k, field(v)]))), expected);
  }
});

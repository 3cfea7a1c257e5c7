// One peer on Node in a process of its own; the same lines as worker.py.
//
//     node worker.js docxtemplater|easy-template-x FOLDER [once FILE]

"use strict";

const fs = require("node:fs");
const path = require("node:path");
const readline = require("node:readline");

const [name, folder, once, file] = process.argv.slice(2);
const source = fs.readFileSync(path.join(folder, "curly.docx"));
const values = JSON.parse(fs.readFileSync(path.join(folder, "values.json"), "utf8"));

function docxtemplater() {
  const PizZip = require("pizzip");
  const Docxtemplater = require("docxtemplater");
  // Rendering changes the zip it is given, so each document needs its own (docxtemplater issue 323).
  return async (number) => {
    const document = new Docxtemplater(new PizZip(source), { paragraphLoop: true });
    document.render(values[number % values.length]);
    return document.getZip().generate({ type: "nodebuffer", compression: "DEFLATE" });
  };
}

function easyTemplateX() {
  const { TemplateHandler } = require("easy-template-x");
  const handler = new TemplateHandler();
  return (number) => handler.process(source, values[number % values.length]);
}

const make = { docxtemplater, "easy-template-x": easyTemplateX }[name]();
const tell = (told) => process.stdout.write(`${JSON.stringify(told)}\n`);

async function main() {
  if (once) {
    fs.writeFileSync(file, await make(0));
    return;
  }
  tell({ ready: true });
  let next = 0;
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const [asked, what, where] = line.trim().split(" ");
    if (asked === "make") {
      const wall = process.hrtime.bigint();
      const before = process.cpuUsage();
      for (let left = Number(what); left > 0; left -= 1) {
        await make(next);
        next += 1;
      }
      const used = process.cpuUsage(before);
      tell({ wall: Number(process.hrtime.bigint() - wall) / 1e9, processor: (used.user + used.system) / 1e6 });
    } else if (asked === "save") {
      fs.writeFileSync(where, await make(Number(what)));
      tell({ saved: Number(what) });
    } else {
      tell({ peak: process.resourceUsage().maxRSS });
    }
  }
}

main();

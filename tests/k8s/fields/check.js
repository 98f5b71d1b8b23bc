// Reads manifests in YAML and validates each against the schema of its kind: a line on standard output for each that breaks it.
import { readFileSync } from "node:fs";
import { parseAllDocuments } from "yaml";

const packages = { "cert-manager.io": "@kubernetes-models/cert-manager", "keda.sh": "@kubernetes-models/keda" };

async function modelOf({ apiVersion, kind }) {
  const group = apiVersion.includes("/") ? apiVersion.split("/")[0] : "";
  const path = packages[group] ? `${packages[group]}/${apiVersion}` : `kubernetes-models/${apiVersion}`;
  const model = (await import(path))[kind];
  if (!model) throw new Error(`there is no schema of ${apiVersion} ${kind}`);
  return model;
}

let broken = 0;
for (const document of parseAllDocuments(readFileSync(0, "utf8"))) {
  const manifest = document.toJS();
  try {
    const Model = await modelOf(manifest);
    new Model(manifest).validate();
  } catch (e) {
    broken++;
    console.log(`${manifest.kind} ${manifest.metadata?.name}: ${e.message}`);
  }
}
process.exitCode = broken ? 1 : 0;

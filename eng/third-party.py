#!/usr/bin/env python3
"""Writes THIRD-PARTY-NOTICES.md from the product's lock files and the restored packages' own statements.

usage: eng/third-party.py            write the file
       eng/third-party.py --check    exit 1 if the file is not what would be written, or a licence is not allowed

Restore first (dotnet restore): licences are read from the packages on this machine, nothing is downloaded.
"""
import json
import os
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NOTICES = ROOT / "THIRD-PARTY-NOTICES.md"
PACKAGES = Path(os.environ.get("NUGET_PACKAGES", Path.home() / ".nuget" / "packages"))
PRODUCT = ["contracts", "contracts/protos", "grains", "silo", "gateway", "client", "cli"]
# Permissive licences only. A copyleft licence needs a decision, not a line here.
ALLOWED = {"Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "MIT", "Zlib", "bzip2-1.0.6"}
# Packages whose licence is a file: read once by a person.
READ = {"bitfaster.caching": "MIT"}
# What the native library inside a package is made of; its packages do not say.
NATIVE = [
  ("RocksDB", "Copyright (c) Facebook, Inc. and its affiliates", "Apache-2.0"),
  ("LevelDB, of which RocksDB is made", "Copyright (c) 2011 The LevelDB Authors", "BSD-3-Clause"),
  ("Snappy", "Copyright 2011 Google Inc.", "BSD-3-Clause"),
  ("LZ4", "Copyright (c) 2011-2020 Yann Collet", "BSD-2-Clause"),
  ("Zstandard, xxHash", "Copyright (c) Meta Platforms, Inc. and affiliates; Yann Collet", "BSD-3-Clause"),
  ("zlib", "Copyright (C) 1995-2024 Jean-loup Gailly and Mark Adler", "Zlib"),
  ("bzip2", "Copyright (C) 1996-2019 Julian Seward", "bzip2-1.0.6"),
  ("jemalloc", "Copyright (C) 2002-present Jason Evans; Mozilla Foundation; Facebook, Inc.", "BSD-2-Clause"),
]
# Files of others that ship as they are. MPL-2.0 holds file by file, and the EUPL-1.2 names it as compatible (decision 0008).
DATA = [
  ("Public Suffix List", "gateway/Containment/Data/public_suffix_list.dat", "MPL-2.0", "Mozilla Foundation and contributors"),
  ("MISP warninglists", "gateway/Warninglists/Data/warninglists.tar.gz", "CC0-1.0", "the MISP project and contributors"),
]
HEAD = """# Third-party notices

CrossBorderSoc is made with the packages below. Made by `eng/third-party.py` from the lock files; do not edit by hand.
Every package's licence is permissive and compatible with the EUPL-1.2. Licences of test data stand in
[tests/data](tests/data/README.md) and [silo/Demo](silo/Demo/LICENSE.md).
"""


def locked():
  """Every package of the product's lock files: (name, version), sorted."""
  found = {}
  for folder in PRODUCT:
    lock = json.loads((ROOT / folder / "packages.lock.json").read_text())
    for packages in lock["dependencies"].values():
      for name, entry in packages.items():
        if "resolved" in entry:
          found[(name.lower(), entry["resolved"])] = name
  return sorted((name, version) for (_, version), name in found.items())


def field(nuspec, name):
  match = re.search(rf"<{name}(?:\s[^>]*)?>(.*?)</{name}>", nuspec, re.S)
  return " ".join(match.group(1).split()) if match else ""


def describe(name, version):
  """(name, version, licence, copyright, ships) as the package itself says."""
  folder = PACKAGES / name.lower() / version.lower()
  nuspec = next(folder.glob("*.nuspec")).read_text(encoding="utf-8-sig")
  licence = READ.get(name.lower()) or field(nuspec, "license")
  owner = field(nuspec, "copyright") or field(nuspec, "authors")
  return name, version, licence, owner, field(nuspec, "developmentDependency").lower() != "true"


def table(rows):
  lines = ["| package | version | licence | copyright |", "|---|---|---|---|"]
  return lines + [f"| {name} | {version} | {licence} | {owner} |" for name, version, licence, owner in rows]


def render(packages):
  parts = [HEAD, "## Shipped with the product", ""]
  parts += table([row[:4] for row in packages if row[4]])
  parts += ["", "## Used to build it, not shipped", ""]
  parts += table([row[:4] for row in packages if not row[4]])
  parts += ["", "## Inside the native library of the package RocksDB", "",
            "RocksDB is offered under Apache-2.0 or GPL-2.0; it is used here under Apache-2.0.", "",
            "| component | licence | copyright |", "|---|---|---|"]
  parts += [f"| {name} | {licence} | {owner} |" for name, owner, licence in NATIVE]
  parts += ["", "## Data shipped with the product", "",
            "Unmodified files of others; their source form is what ships.", "",
            "| data | file | licence | by |", "|---|---|---|---|"]
  parts += [f"| {name} | {file} | {licence} | {owner} |" for name, file, licence, owner in DATA]
  parts += ["", "## Licence texts"]
  used = sorted({row[2] for row in packages} | {row[2] for row in NATIVE + DATA})
  for licence in used:
    text = (ROOT / "eng/licences" / f"{licence}.txt").read_text().strip()
    parts += ["", f"### {licence}", "", "```text", text, "```"]
  return "\n".join(parts) + "\n"


def main():
  packages = [describe(name, version) for name, version in locked()]
  refused = [row for row in packages if row[2] not in ALLOWED]
  for name, version, licence, *_ in refused:
    print(f"{name} {version}: licence '{licence}' is not on the list of allowed licences")
  if refused:
    return 1
  text = render(packages)
  if "--check" not in sys.argv[1:]:
    NOTICES.write_text(text)
  elif not NOTICES.exists() or NOTICES.read_text() != text:
    print(f"{NOTICES.name} is out of date: run eng/third-party.py")
    return 1
  print(f"{len(packages)} packages, all under {', '.join(sorted({row[2] for row in packages}))}")
  return 0


if __name__ == "__main__":
  sys.exit(main())

"""A foreign producer: pushes an NDJSON file as its owners, with clients generated from the protos.

Prints one line of JSON: accepted, duplicates, rejected. Needs python3-grpcio and python3-grpc-tools.
"""
import argparse
import collections
import glob
import gzip
import importlib
import json
import os
import subprocess
import sys
import tempfile

import grpc
from google.protobuf.timestamp_pb2 import Timestamp

BATCH = 500


def arguments():
  parser = argparse.ArgumentParser(description=__doc__)
  parser.add_argument("--grid", required=True, help="host:port of the gRPC gateway")
  parser.add_argument("--tokens", required=True, help="folder with <organisation>.jwt")
  parser.add_argument("--protos", required=True, help="folder that holds crossbordersoc/v1")
  parser.add_argument("--file", required=True, help="sightings as NDJSON, gzipped or not")
  return parser.parse_args()


def generate(protos):
  out = tempfile.mkdtemp(prefix="socgrid-python-")
  files = sorted(glob.glob(os.path.join(protos, "crossbordersoc/v1/*.proto")))
  subprocess.check_call([sys.executable, "-m", "grpc_tools.protoc", f"-I{protos}", f"--python_out={out}",
                         f"--grpc_python_out={out}", *files])
  sys.path.insert(0, out)
  return (importlib.import_module("crossbordersoc.v1.common_pb2"),
          importlib.import_module("crossbordersoc.v1.sighting_service_pb2"),
          importlib.import_module("crossbordersoc.v1.sighting_service_pb2_grpc"))


def instant(text):
  stamp = Timestamp()
  stamp.FromJsonString(text)
  return stamp


def enum(kind, prefix, text):
  return kind.Value(prefix + text.upper().replace("-", "_").replace("+", "_"))


def marking(common, row):
  made = common.Marking(tlp=enum(common.Tlp, "TLP_", row["tlp"]), recipients=row.get("recipients", []))
  if "pap" in row:
    made.pap = enum(common.Pap, "PAP_", row["pap"])
  if "attribution" in row:
    made.attribution = enum(common.Attribution, "ATTRIBUTION_", row["attribution"])
  for field in ("embargo_until", "expires_at"):
    if row.get(field):
      getattr(made, field).CopyFrom(instant(row[field]))
  return made


def sighting(common, service, row):
  made = service.Sighting(
      id=row["id"], observables=[common.Observable(**o) for o in row["observables"]],
      first_seen=instant(row["first_seen"]), last_seen=instant(row["last_seen"]), count=row["count"],
      kind=enum(common.Kind, "KIND_", row["kind"]), confidence=row["confidence"],
      marking=marking(common, row["marking"]), techniques=row.get("techniques", []),
      description=row.get("description", ""), source_ref=row.get("source_ref", ""))
  if "asset" in row:
    made.asset.CopyFrom(common.Asset(**row["asset"]))
  return made


def batches(service, sightings):
  for number, start in enumerate(range(0, len(sightings), BATCH)):
    yield service.SightingBatch(sequence=number, sightings=sightings[start:start + BATCH])


def main():
  given = arguments()
  common, service, stubs = generate(given.protos)
  owners = collections.defaultdict(list)
  opened = gzip.open if given.file.endswith(".gz") else open
  with opened(given.file, "rt", encoding="utf-8") as lines:
    for line in lines:
      row = json.loads(line)
      owners[row["owner"]].append(sighting(common, service, row))
  totals = collections.Counter()
  with grpc.insecure_channel(given.grid) as channel:
    stub = stubs.SightingServiceStub(channel)
    for owner, sightings in owners.items():
      with open(os.path.join(given.tokens, owner + ".jwt"), encoding="ascii") as token:
        header = (("authorization", "Bearer " + token.read().strip()),)
      expected = 0
      for ack in stub.Push(batches(service, sightings), metadata=header):
        assert ack.sequence == expected, f"acknowledgement {ack.sequence} where {expected} was due"
        expected += 1
        totals.update(accepted=ack.accepted, duplicates=ack.duplicates, rejected=len(ack.rejections))
  print(json.dumps({key: totals[key] for key in ("accepted", "duplicates", "rejected")}))


if __name__ == "__main__":
  main()

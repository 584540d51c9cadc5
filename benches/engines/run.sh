#!/usr/bin/env bash
# Builds the comparison programs and prints the table of docs/decisions/0001-inference-engine.md.
#
#   benches/engines/run.sh INT8_MODEL_FOLDER FLOAT32_ENCODER WORDS.conllu
#
# The folder is models/en or an export of training/; the float32 encoder comes from
# `python -m entente_training.export ... --float32 FILE`.
set -euo pipefail
model=$(realpath "$1") float32=$(realpath "$2") words=$(realpath "$3")
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
target=${CARGO_TARGET_DIR:-$root/target}
export CARGO_TARGET_DIR=$target/engines
pieces=$(mktemp)
trap 'rm -f "$pieces"' EXIT
PYTHONPATH=$root/training ${PYTHON:-python3} "$here/pieces.py" "$model/vocab.txt" "$words" "$pieces"

echo "machine: $(grep -m1 'model name' /proc/cpuinfo | cut -d: -f2-), load $(cut -d' ' -f1-3 /proc/loadavg)"
for engine in rten tract candle burn; do
  manifest=$here/$engine/Cargo.toml
  crates=$(cargo tree -q --manifest-path "$manifest" -e normal --prefix none | sed 's/ (\*)//' | sort -u | wc -l)
  rm -rf "$CARGO_TARGET_DIR/$engine"
  TIMEFORMAT='%U CPU s'
  if ! build=$( { time cargo build -q --release --target-dir "$CARGO_TARGET_DIR/$engine" --manifest-path "$manifest" 2>/dev/null; } 2>&1 ); then
    echo "$engine	does not build"
    continue
  fi
  binary=$CARGO_TARGET_DIR/$engine/release/engine-$engine
  cp "$binary" "$binary.stripped" && strip "$binary.stripped"
  echo "$engine	$crates crates	build $build	binary $(stat -c %s "$binary.stripped") bytes"
  for budget in 1 256; do
    case $engine in
      rten | tract)
        for encoder in "$model/encoder.onnx" "$float32"; do
          RAYON_NUM_THREADS=1 BUDGET=$budget "$binary" "$encoder" "$pieces" || echo "$engine failed on $encoder"
        done
        ;;
      *) RAYON_NUM_THREADS=1 BUDGET=$budget "$binary" "$pieces" || echo "$engine failed" ;;
    esac
  done
done
CARGO_TARGET_DIR=$target cargo run -q --release --manifest-path "$root/Cargo.toml" -p entente-syntax --example throughput -- "$words"

//! rten: runs encoder.onnx as it is, int8 or float32. `engine-rten ENCODER PIECES`.

use rten::{ModelOptions, RunOptions, ThreadPool, Value};
use rten_tensor::NdTensor;
use std::sync::Arc;

#[path = "../../common/measure.rs"]
mod measure;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let (encoder, pieces) = (arguments.next().expect("encoder"), arguments.next().expect("pieces"));
    let model = ModelOptions::with_all_ops().prepack_weights(true).load_file(&encoder).expect("a model");
    let id = |name: &str| model.find_node(name).expect("a node");
    let outputs = ["upos", "lemma", "names", "arcs", "rel_dep", "rel_head"].map(id);
    let pool = Arc::new(ThreadPool::with_num_threads(1));
    let tensor = |rows: usize, columns: usize, values: &[i64]| -> Value {
        NdTensor::from_data([rows, columns], values.iter().map(|value| *value as i32).collect::<Vec<_>>())
            .into()
    };
    pool.run(|| {
        measure::measure(&format!("rten {encoder}"), &pieces, |batch| {
            let inputs = vec![
                (id("pieces"), tensor(batch.rows, batch.length, &batch.pieces).into()),
                (id("shapes"), tensor(batch.rows, batch.length, &batch.shapes).into()),
                (id("mask"), tensor(batch.rows, batch.length, &batch.mask).into()),
                (id("firsts"), tensor(batch.rows, batch.words, &batch.firsts).into()),
            ];
            let options = RunOptions::default().with_thread_pool(Some(Arc::clone(&pool)));
            model.run_n(inputs, outputs, Some(options)).expect("a result");
        });
    });
}

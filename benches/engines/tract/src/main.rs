//! tract: runs encoder.onnx as it is, int8 or float32. `engine-tract ENCODER PIECES`.

use tract_onnx::prelude::*;

#[path = "../../common/measure.rs"]
mod measure;

fn main() -> TractResult<()> {
    let mut arguments = std::env::args().skip(1);
    let (encoder, pieces) = (arguments.next().expect("encoder"), arguments.next().expect("pieces"));
    let mut model = tract_onnx::onnx().model_for_path(&encoder)?;
    let [batch, length, words] = ["batch", "pieces", "words"].map(|name| model.symbols.sym(name));
    let (by_piece, by_word) = ((batch.to_dim(), length.to_dim()), (batch.to_dim(), words.to_dim()));
    for (input, (rows, columns)) in
        [by_piece.clone(), by_piece.clone(), by_piece, by_word].into_iter().enumerate()
    {
        model.set_input_fact(input, InferenceFact::dt_shape(i64::datum_type(), [rows, columns]))?;
    }
    let plan = model.into_optimized()?.into_runnable()?;
    let tensor = |rows: usize, columns: usize, values: &[i64]| -> TValue {
        Tensor::from_shape(&[rows, columns], values).expect("a table").into()
    };
    measure::measure(&format!("tract {encoder}"), &pieces, |batch| {
        let inputs = tvec!(
            tensor(batch.rows, batch.length, &batch.pieces),
            tensor(batch.rows, batch.length, &batch.shapes),
            tensor(batch.rows, batch.length, &batch.mask),
            tensor(batch.rows, batch.words, &batch.firsts)
        );
        plan.run(inputs).expect("a result");
    });
    Ok(())
}

//! Apache Parquet: columns for analysis beside the whole record.

use super::export::ExportError;
use super::flat;
use super::import::{ImportError, Refusal};
use super::json_lines::Exported;
use crate::LedgerError;
use crate::store::{ImportedEvent, StoredEvent};
use parquet::basic::{Compression, LogicalType, Repetition, Type as PhysicalType};
use parquet::column::writer::ColumnWriter;
use parquet::data_type::ByteArray;
use parquet::file::properties::WriterProperties;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::file::writer::SerializedFileWriter;
use parquet::record::RowAccessor;
use parquet::schema::types::{Type, TypePtr};
use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

/// Rows of a row group; a group is in memory while it is written.
const GROUP_ROWS: usize = 20_000;
/// The column of the whole record.
const RECORD: &str = "record";

/// Columns that are numbers; all others are text.
const NUMBERS: [&str; 6] =
    ["quad_code", "event_scale", "claim_distance", "latitude", "longitude", "confidence"];

fn is_number(column: &str) -> bool {
    NUMBERS.contains(&column)
}

/// The columns of the flat form, numbers as such, and the record.
fn schema() -> Result<TypePtr, parquet::errors::ParquetError> {
    let mut fields: Vec<TypePtr> = Vec::new();
    for column in flat::COLUMNS.into_iter().chain([RECORD]) {
        let field = if is_number(column) {
            Type::primitive_type_builder(column, PhysicalType::DOUBLE)
        } else {
            Type::primitive_type_builder(column, PhysicalType::BYTE_ARRAY)
                .with_logical_type(Some(LogicalType::String))
        };
        fields.push(Arc::new(field.with_repetition(Repetition::OPTIONAL).build()?));
    }
    Ok(Arc::new(Type::group_type_builder("event").with_fields(fields).build()?))
}

/// Writes events group by group.
pub(super) struct ParquetWriter<W: Write + Send> {
    file: SerializedFileWriter<W>,
    /// Rows of the group in the making.
    rows: Vec<Vec<String>>,
}

impl<W: Write + Send> ParquetWriter<W> {
    pub(super) fn new(out: W) -> Result<Self, ExportError> {
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_created_by(concat!("entente ", env!("CARGO_PKG_VERSION")).to_owned())
            .build();
        Ok(Self { file: SerializedFileWriter::new(out, schema()?, Arc::new(properties))?, rows: Vec::new() })
    }

    pub(super) fn put(&mut self, stored: StoredEvent) -> Result<(), ExportError> {
        let mut row = flat::row(&stored);
        row.push(serde_json::to_string(&Exported::of(stored)).map_err(std::io::Error::from)?);
        self.rows.push(row);
        if self.rows.len() >= GROUP_ROWS {
            self.write_group()?;
        }
        Ok(())
    }

    pub(super) fn finish(mut self) -> Result<(), ExportError> {
        if !self.rows.is_empty() {
            self.write_group()?;
        }
        self.file.close()?;
        Ok(())
    }

    /// Empty cells are nulls.
    fn write_group(&mut self) -> Result<(), ExportError> {
        let rows = std::mem::take(&mut self.rows);
        let mut group = self.file.next_row_group()?;
        let mut at = 0;
        while let Some(mut column) = group.next_column()? {
            let cells = rows.iter().map(|row| row[at].as_str());
            let levels: Vec<i16> = cells.clone().map(|cell| i16::from(!cell.is_empty())).collect();
            let filled = cells.filter(|cell| !cell.is_empty());
            match column.untyped() {
                ColumnWriter::ByteArrayColumnWriter(writer) => {
                    let values: Vec<ByteArray> = filled.map(ByteArray::from).collect();
                    writer.write_batch(&values, Some(&levels), None)?;
                }
                ColumnWriter::DoubleColumnWriter(writer) => {
                    let values: Vec<f64> = filled.map(|cell| cell.parse().unwrap_or(f64::NAN)).collect();
                    writer.write_batch(&values, Some(&levels), None)?;
                }
                _ => unreachable!("the schema has text and doubles alone"),
            }
            column.close()?;
            at += 1;
        }
        group.close()?;
        Ok(())
    }
}

/// Hands every row of our Parquet to `visit`, numbered from 1.
pub(super) fn read(
    path: &Path,
    visit: &mut dyn FnMut(u64, Result<ImportedEvent, Refusal>) -> Result<(), LedgerError>,
) -> Result<(), ImportError> {
    let reader = SerializedFileReader::new(File::open(path)?)?;
    let fields = reader.metadata().file_metadata().schema().get_fields().to_vec();
    let Some(field) = fields.into_iter().find(|field| field.name() == RECORD) else {
        return Err(ImportError::UnknownLayout { name: path.display().to_string() });
    };
    let records = Type::group_type_builder("event").with_fields(vec![field]).build()?;
    for (at, row) in reader.get_row_iter(Some(records))?.enumerate() {
        let record = row?.get_string(0).map(|text| text.to_owned());
        let read = record
            .map_err(|error| error.to_string())
            .and_then(|text| serde_json::from_str::<Exported>(&text).map_err(|error| error.to_string()));
        visit(at as u64 + 1, read.map(Exported::imported).map_err(Refusal::Fault))?;
    }
    Ok(())
}

//! Apache Parquet: tables of nodes, ties and evidence with typed columns, lists as lists, Snappy-compressed. Written
//! group of rows by group of rows, so that memory does not grow with the graph. Source:
//! <https://parquet.apache.org/docs/file-format/>.

use super::flat::{self, Cell, Kind};
use super::{Format, Part};
use crate::graph::{Day, View};
use parquet::basic::Compression;
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int32Type, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::parser::parse_message_type;
use std::fmt::Write as _;
use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};

/// See the module.
pub(super) struct Parquet;

/// Rows of a group.
const GROUP: usize = 8192;

impl Format for Parquet {
    fn name(&self) -> &'static str {
        super::PARQUET
    }

    fn about(&self) -> &'static str {
        "tables of nodes, ties and evidence, typed; for DuckDB, pandas, Spark"
    }

    fn parts(&self) -> &'static [Part] {
        const TYPE: &str = "application/vnd.apache.parquet";
        &[
            Part { file: "nodes.parquet", media_type: TYPE },
            Part { file: "ties.parquet", media_type: TYPE },
            Part { file: "evidence.parquet", media_type: TYPE },
        ]
    }

    fn write(&self, view: &View<'_>, part: usize, out: &mut dyn Write) -> io::Result<()> {
        let graph = view.graph;
        let key = |name| (name, Kind::Text);
        match part {
            0 => {
                let mut table = Table::new(&[&[key("id")], &flat::NODE])?;
                for &n in &view.nodes {
                    let node = graph.node(n);
                    table.row([(&*node.key).into()].into_iter().chain(flat::node(node)), out)?;
                }
                table.close(out)
            }
            1 => {
                let mut table = Table::new(&[&[key("source"), key("target")], &flat::TIE])?;
                for &e in &view.edges {
                    let (a, b, tie) = graph.tie(e);
                    let ends = [(&*graph.node(a).key).into(), (&*graph.node(b).key).into()];
                    table.row(ends.into_iter().chain(flat::tie(graph, tie)), out)?;
                }
                table.close(out)
            }
            _ => {
                let mut table = Table::new(&[&flat::EVIDENCE])?;
                for &e in &view.edges {
                    let (a, b, tie) = graph.tie(e);
                    let ends = [&*graph.node(a).key, &*graph.node(b).key];
                    for (i, item) in tie.evidence.iter().enumerate() {
                        let cells = flat::evidence(ends, graph.bond_name(tie.bond), i + 1, item);
                        table.row(cells.into_iter(), out)?;
                    }
                }
                table.close(out)
            }
        }
    }
}

/// What the Parquet writer has written and `out` has not taken yet. The writer wants an output of its own that may go
/// to another thread.
#[derive(Clone, Default)]
struct Buffer(Arc<Mutex<Vec<u8>>>);

impl Write for Buffer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Buffer {
    fn drain(&self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(&std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner)))
    }
}

/// A table under way.
struct Table {
    writer: SerializedFileWriter<Buffer>,
    buffer: Buffer,
    columns: Vec<Column>,
    rows: usize,
}

/// The values of a column in the group under way, with Parquet's levels: 0 for no value, 1 for one, and for the items
/// of a list 2, repeated after the first.
struct Column {
    values: Values,
    defined: Vec<i16>,
    repeated: Vec<i16>,
}

enum Values {
    Texts(Vec<ByteArray>),
    Lists(Vec<ByteArray>),
    Ints(Vec<i64>),
    Reals(Vec<f64>),
    Flags(Vec<bool>),
    Dates(Vec<i32>),
}

impl Table {
    fn new(columns: &[&[(&'static str, Kind)]]) -> io::Result<Table> {
        let mut schema = String::from("message guanxi {\n");
        let mut all = Vec::new();
        for &(name, kind) in columns.iter().copied().flatten() {
            let (words, values) = match kind {
                Kind::Text => (format!("BINARY {name} (UTF8);"), Values::Texts(Vec::new())),
                Kind::List => (
                    format!("GROUP {name} (LIST) {{ REPEATED GROUP list {{ REQUIRED BINARY element (UTF8); }} }}"),
                    Values::Lists(Vec::new()),
                ),
                Kind::Int => (format!("INT64 {name};"), Values::Ints(Vec::new())),
                Kind::Real => (format!("DOUBLE {name};"), Values::Reals(Vec::new())),
                Kind::Flag => (format!("BOOLEAN {name};"), Values::Flags(Vec::new())),
                Kind::Date => (format!("INT32 {name} (DATE);"), Values::Dates(Vec::new())),
            };
            let _ = writeln!(schema, "OPTIONAL {words}");
            all.push(Column { values, defined: Vec::new(), repeated: Vec::new() });
        }
        let schema = Arc::new(parse_message_type(&(schema + "}")).map_err(fault)?);
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_created_by(concat!("guanxi ", env!("CARGO_PKG_VERSION")).into())
            .build();
        let buffer = Buffer::default();
        let writer = SerializedFileWriter::new(buffer.clone(), schema, Arc::new(properties)).map_err(fault)?;
        Ok(Table { writer, buffer, columns: all, rows: 0 })
    }

    fn row<'a>(&mut self, cells: impl Iterator<Item = Cell<'a>>, out: &mut dyn Write) -> io::Result<()> {
        for (column, cell) in self.columns.iter_mut().zip(cells) {
            column.push(&cell);
        }
        self.rows += 1;
        if self.rows == GROUP { self.group(out) } else { Ok(()) }
    }

    fn group(&mut self, out: &mut dyn Write) -> io::Result<()> {
        let mut group = self.writer.next_row_group().map_err(fault)?;
        for column in &mut self.columns {
            let mut writer = group.next_column().map_err(fault)?.expect("as many columns as the schema has");
            column.write(&mut writer).map_err(fault)?;
            writer.close().map_err(fault)?;
        }
        group.close().map_err(fault)?;
        self.rows = 0;
        self.buffer.drain(out)
    }

    fn close(mut self, out: &mut dyn Write) -> io::Result<()> {
        if self.rows > 0 {
            self.group(out)?;
        }
        self.writer.close().map_err(fault)?;
        self.buffer.drain(out)
    }
}

impl Column {
    fn push(&mut self, cell: &Cell<'_>) {
        if let (Values::Lists(values), Cell::List(items)) = (&mut self.values, cell) {
            for (i, item) in items.iter().enumerate() {
                values.push(ByteArray::from(&**item));
                self.defined.push(2);
                self.repeated.push((i > 0) as i16);
            }
            return;
        }
        let there = match (&mut self.values, cell) {
            (Values::Texts(values), Cell::Text(text)) => push(values, Some(ByteArray::from(&**text))),
            (Values::Ints(values), Cell::Int(n)) => push(values, i64::try_from(*n).ok()),
            (Values::Reals(values), Cell::Real(n)) => push(values, Some(*n)),
            (Values::Flags(values), Cell::Flag(is)) => push(values, Some(*is)),
            (Values::Dates(values), Cell::Date(day)) => push(values, since_1970(*day)),
            _ => false,
        };
        self.defined.push(there as i16);
        self.repeated.push(0);
    }

    fn write(&mut self, out: &mut SerializedColumnWriter<'_>) -> Result<(), ParquetError> {
        let (defined, repeated) = (std::mem::take(&mut self.defined), std::mem::take(&mut self.repeated));
        match &mut self.values {
            Values::Texts(values) => write::<ByteArrayType>(out, std::mem::take(values), &defined, None),
            Values::Lists(values) => write::<ByteArrayType>(out, std::mem::take(values), &defined, Some(&repeated)),
            Values::Ints(values) => write::<Int64Type>(out, std::mem::take(values), &defined, None),
            Values::Reals(values) => write::<DoubleType>(out, std::mem::take(values), &defined, None),
            Values::Flags(values) => write::<BoolType>(out, std::mem::take(values), &defined, None),
            Values::Dates(values) => write::<Int32Type>(out, std::mem::take(values), &defined, None),
        }
    }
}

fn push<T>(values: &mut Vec<T>, value: Option<T>) -> bool {
    let there = value.is_some();
    values.extend(value);
    there
}

fn write<T: DataType>(
    out: &mut SerializedColumnWriter<'_>,
    values: Vec<T::T>,
    defined: &[i16],
    repeated: Option<&[i16]>,
) -> Result<(), ParquetError> {
    out.typed::<T>().write_batch(&values, Some(defined), repeated).map(drop)
}

/// Days since 1970-01-01; none for a day that the calendar does not have.
fn since_1970(day: Day) -> Option<i32> {
    let date: jiff::civil::Date = day.to_string().parse().ok()?;
    let epoch = jiff::civil::date(1970, 1, 1);
    epoch.until(date).ok().map(|span| span.get_days())
}

fn fault(error: ParquetError) -> io::Error {
    io::Error::other(error)
}

#[cfg(test)]
mod tests {
    use super::since_1970;
    use crate::graph::Day;

    #[test]
    fn days_are_counted_from_1970() {
        assert_eq!(since_1970(Day::parse("2025-06-24")), Some(20_263));
        assert_eq!(since_1970(Day::parse("1969-12-31")), Some(-1));
        assert_eq!(since_1970(Day::parse("2025-02-30")), None);
    }
}

//! A folder to run the program in, and small graphs made by hand.

use guanxi::graph::record::{PairQuote, Quote, Record, RecordClaim, RecordEntity, RecordPair, fingerprint};
use guanxi::graph::{AssembleOptions, Assembler, Graph};
use guanxi::query::Base;
use guanxi::schema::{EntityKind, KindSet, Relation, RelationId, Schema, Status};
use guanxi::store::{Makings, Writer};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The project's folder.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The program that the folders run: this build's, or the one that `GUANXI_PROGRAM` names, a release for long suites.
pub fn program() -> PathBuf {
    std::env::var_os("GUANXI_PROGRAM").map_or_else(|| env!("CARGO_BIN_EXE_guanxi").into(), PathBuf::from)
}

/// What a run gave.
#[derive(Debug)]
pub struct Ran {
    pub code: i32,
    pub out: String,
    pub err: String,
}

/// A folder that goes when the test ends.
pub struct Folder(tempfile::TempDir);

impl Folder {
    pub fn new() -> Folder {
        Folder(tempfile::tempdir().expect("a temporary folder"))
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    /// Writes a file, with the folders that it needs.
    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a file has a folder")).expect("folder");
        std::fs::write(&path, bytes).expect("write");
        path
    }

    pub fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path().join(name)).expect("read")
    }

    /// Runs the program here with nothing on its standard input.
    pub fn run(&self, args: &[&str]) -> Ran {
        self.run_with(args, "")
    }

    /// Runs the program here.
    pub fn run_with(&self, args: &[&str], input: &str) -> Ran {
        use std::io::Write;
        let mut child = Command::new(program())
            .args(args)
            .current_dir(self.path())
            .env("NO_COLOR", "1")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut stdin = child.stdin.take().expect("piped");
        let input = input.to_string();
        let feed = std::thread::spawn(move || drop(stdin.write_all(input.as_bytes())));
        let output = child.wait_with_output().expect("the program ends");
        feed.join().expect("fed");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
        Ran { code: output.status.code().expect("no signal"), out: text(output.stdout), err: text(output.stderr) }
    }
}

/// Options that use the project's dictionaries from any folder.
pub fn dictionaries() -> Vec<String> {
    let path = root().join("dictionaries");
    vec!["--no-default-dict".into(), "--dict".into(), path.display().to_string()]
}

/// Two relations.
pub fn schema() -> Schema {
    let relation = |name: &str, label: &str, symmetric| Relation {
        name: name.into(),
        label: label.into(),
        description: String::new(),
        subject: KindSet::ANY,
        object: KindSet::ANY,
        symmetric,
        color: "#15803d".into(),
    };
    Schema { relations: vec![relation("invests_in", "投资", false), relation("competes_with", "竞争", true)] }
}

/// Numbers that look random (SplitMix64: Steele, Lea, Flood, OOPSLA 2014).
pub struct Dice(pub u64);

impl Dice {
    /// From `from` to below `to`.
    pub fn between(&mut self, from: usize, to: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        from + ((z ^ (z >> 31)) % (to - from) as u64) as usize
    }
}

/// A record in which entity 0 invests in (or competes with) each other one.
pub fn record(path: &str, date: &str, names: &[(EntityKind, &str)], status: Status, relation: u16) -> Record {
    let mut entities: Vec<RecordEntity> = names
        .iter()
        .map(|(kind, name)| RecordEntity {
            key: format!("{kind}/{name}"),
            kind: *kind,
            name: name.to_string(),
            listed: false,
            family: None,
            mentions: 1,
            units: [1, 1],
            first: (1, 1),
            surfaces: vec![name.to_string()],
        })
        .collect();
    entities.sort_by(|a, b| a.key.cmp(&b.key));
    entities.dedup_by(|a, b| a.key == b.key);
    let text = names.iter().map(|n| n.1).collect::<Vec<_>>().join("投资");
    let others = 1..entities.len() as u32;
    let claim = |o: u32| RecordClaim {
        subject: 0,
        relation: RelationId(relation),
        object: o,
        status,
        quote: 0,
        surfaces: [entities[0].name.clone(), entities[o as usize].name.clone()],
        spans: [None, None],
        stated: (0, text.len() as u32),
        rule: "test".into(),
        when: "2025-06".into(),
        attributes: vec![("amount".into(), "10亿元".into())],
        confidence: 0.8,
    };
    let pair = |b: u32| RecordPair {
        a: 0,
        b,
        sentences: 1,
        paragraphs: 1,
        quote: Some(PairQuote { quote: 0, spans: [(0, 0), (0, 0)] }),
    };
    Record {
        path: path.into(),
        title: format!("标题 {path}"),
        date: date.into(),
        claims: others.clone().map(claim).collect(),
        pairs: others.map(pair).collect(),
        quotes: vec![Quote { fingerprint: fingerprint(&text), text, start: 0, line: 1, column: 1 }],
        units: [1, 1],
        entities,
    }
}

/// The graph of records.
pub fn graph(records: &[Record], keep: AssembleOptions) -> Graph {
    let schema = schema();
    let mut all = Assembler::new(&schema, keep);
    records.iter().for_each(|r| all.add(r));
    all.finish()
}

/// A store of records, each in a file of its own.
pub fn store(folder: &Path, records: &[Record]) -> Base {
    let keep = AssembleOptions { evidence_limit: 20, min_support: 1 };
    let makings = Makings { tool: String::new(), dictionary: 0, options: String::new(), drafts: false, keep };
    let schema = schema();
    let mut all = Assembler::new(&schema, keep);
    let mut writer = Writer::fresh(folder, makings).unwrap();
    for (place, record) in (0..).zip(records) {
        all.add_placed(record, place);
        let file = writer.new_file();
        writer.add(file, place, record).unwrap();
    }
    let (mut graph, settled) = all.finish_settled();
    writer.ties(&graph, &settled).unwrap();
    graph.set(graph.measures());
    writer.nodes(&graph).unwrap().leave(&[]).unwrap().replace().unwrap();
    Base::open(folder).unwrap()
}

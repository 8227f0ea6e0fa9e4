//! Times each stage over a folder of articles, one article after the other on one thread.
//!
//! `cargo bench --bench stages -- [ARTICLES] [ROUNDS]`: the folder (`content` if not given) and how often it is gone over (7).
//! Prints a Markdown table of medians: what a change of a hot path gains or costs shows in its row. Megabytes are those of
//! the files.

use guanxi::article::{self, Article, Outcome};
use guanxi::claim::{Claim, Extractor};
use guanxi::dictionary::{Dictionary, Sources};
use guanxi::graph::record::{Record, record};
use guanxi::graph::{AssembleOptions, Assembler};
use guanxi::mention::{self, Recognised, Recogniser};
use std::path::PathBuf;
use std::time::{Duration, Instant};

const STAGES: [&str; 6] = ["know (dictionaries)", "read", "recognise", "extract", "record", "assemble"];

fn main() {
    // cargo passes --bench
    let args: Vec<String> = std::env::args().skip(1).filter(|a| !a.starts_with("--")).collect();
    let folder = PathBuf::from(args.first().map_or("content", String::as_str));
    let rounds: usize = args.get(1).map_or(7, |r| r.parse().expect("ROUNDS is a number"));
    let (files, _) = article::list(&[folder]).expect("a folder of articles");
    let megabytes =
        files.iter().filter_map(|f| std::fs::metadata(&f.path).ok()).map(|m| m.len()).sum::<u64>() as f64 / 1e6;
    let mut times: Vec<[Duration; STAGES.len()]> = Vec::new();
    for round in 0..=rounds.max(1) {
        let mut spent = [Duration::ZERO; STAGES.len()];
        let (dictionary, _) =
            timed(&mut spent[0], || Dictionary::load(&Sources { paths: vec!["dictionaries".into()] }))
                .expect("dictionaries");
        let recogniser = Recogniser::new(&dictionary, mention::Options::default());
        let extractor = Extractor::new(&dictionary);
        let mut assembler = Assembler::new(&dictionary.schema, AssembleOptions::default());
        for file in &files {
            let mut articles: Vec<Article> = Vec::new();
            timed(&mut spent[1], || {
                article::read(file, &article::Options::default(), &mut |outcome| {
                    if let Outcome::Article(article, _) = outcome {
                        articles.push(*article);
                    }
                });
            });
            for article in &articles {
                let found: Recognised = timed(&mut spent[2], || recogniser.recognise(article));
                let claims: Vec<Claim> = timed(&mut spent[3], || extractor.extract(article, &found));
                let record: Record = timed(&mut spent[4], || record(article, &found, &claims, &dictionary));
                timed(&mut spent[5], || assembler.add(&record));
            }
        }
        timed(&mut spent[5], || drop(assembler.finish()));
        // the first round warms the caches
        if round > 0 {
            times.push(spent);
        }
    }
    println!("{} files, {megabytes:.2} MB, {} rounds\n", files.len(), times.len());
    println!("| stage | median | MB/s |\n|---|---|---|");
    for (i, stage) in STAGES.iter().enumerate() {
        let mut of: Vec<f64> = times.iter().map(|t| t[i].as_secs_f64()).collect();
        of.sort_by(f64::total_cmp);
        let median = of[of.len() / 2];
        println!("| {stage} | {:.1} ms | {:.0} |", median * 1e3, megabytes / median.max(1e-9));
    }
}

fn timed<T>(spent: &mut Duration, work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let done = work();
    *spent += start.elapsed();
    done
}

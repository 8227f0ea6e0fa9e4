//! Where the ends of a verb stand when they do not stand before and behind it: a person told of by what they did, what follows a
//! dash or a colon, what a relative clause is about.

use super::extract::{Hit, Scene};
use crate::find;
use crate::schema::{EntityKind, KindSet};

impl<'d> Scene<'_, 'd> {
    /// `创建DeepSeek的梁文锋`: a person told of by what they did, right after its object.
    pub(super) fn told_person(
        &self,
        after: &[usize],
        subjects: KindSet,
        objects: KindSet,
        hit: &Hit<'d>,
    ) -> Option<usize> {
        let (&object, rest) = after.split_first()?;
        // "开发Gemini的谷歌研究员李明": over the house of a title
        let person = rest.iter().copied().find(|&g| !self.view.groups[g].apposed)?;
        let (o, p) = (&self.view.groups[object], &self.view.groups[person]);
        let gap = self.view.between(hit.span.end, o.span.start);
        let next = self.view.groups[rest[0]].span.start;
        let told = self.view.between(o.span.end, next);
        // "主导Siri研发的李明"
        let done = ["研发的", "开发的", "设计的", "项目的", "训练的"].iter().any(|w| find::ends(told, w));
        (!self.view.latin
            && subjects.has(EntityKind::Person)
            && !hit.rule.titled
            && p.kind == EntityKind::Person
            && o.fits(objects)
            && o.kind != EntityKind::Person
            && gap.chars().count() <= 4
            // "曾主导Vision Pro头显研发的A"
            && (told == "的"
                || done && told.chars().count() <= 8 && !told.contains(['，', '、', '。'])
                || told.ends_with('的')
                    && told.chars().count() <= 8
                    && !told.contains(['，', '、', '和', '与'])
                    && self.view.between(self.view.span.start, hit.span.start).ends_with(['曾', '和', '及', '、', '，'])))
            .then_some(person)
    }

    /// `投资了两家公司——千寻智能和维他动力`, `发布新模型：GPT-5`: the object named after a dash or a colon.
    pub(super) fn after_dash(&self, clause: usize, kinds: KindSet, hit: &Hit<'d>) -> Option<usize> {
        let view = self.view;
        let (here, next) = (view.clauses[clause], view.clauses.get(clause + 1)?);
        let rest = view.between(hit.span.end, here.end).chars().count();
        let first = view.groups.iter().position(|g| g.span.start >= here.end)?;
        let group = &view.groups[first];
        if rest > 16 || !group.fits(kinds) {
            return None;
        }
        let mark = view.between(here.end, group.span.start).trim_matches(['“', '"', '《', '「', '『', '*', ' ']);
        let alone = !view.between(group.span.end, next.end).contains(['是', '为', '将']);
        let listed = view.groups[first].clause == clause + 1
            && super::list::lists(view.clause(clause + 1))
            && (group.kind == EntityKind::Person || mark.chars().count() <= 6);
        // "三项成果：大模型A、开发平台B"
        let noun = mark.trim_start_matches(['—', '：', ':']);
        let headed = !view.latin
            && group.kind == EntityKind::Product
            && noun.len() < mark.len()
            && noun.chars().count() <= 10
            && !noun.contains(['的', '，', '、'])
            && super::of::HEADS.iter().any(|h| find::ends(noun, h));
        let marked = (matches!(mark, "——" | "—" | "：" | ":") || headed) && alone && rest > 0;
        // "推出新一代模型，命名为A"
        let named = ["命名为", "取名为", "取名", "名为", "名叫", "叫做", "代号为", "代号", "定名为"];
        let marked =
            marked || !view.latin && rest > 0 && named.contains(&mark.trim_start_matches('，').trim_matches('“'));
        (marked || listed).then_some(first)
    }

    /// `Sora 是 OpenAI 推出的视频模型`, `可灵，快手推出的…`: what a relative clause without an object tells about.
    pub(super) fn copula_before(&self, subject: usize, kinds: KindSet, hit: &Hit<'d>) -> Option<usize> {
        let view = self.view;
        let s = &view.groups[subject];
        let told = subject.checked_sub(1)?;
        let about = &view.groups[told];
        let between = view.between(about.span.end, s.span.start);
        let link = between.trim_matches(['”', '"', '」', '》', ' ', '）']);
        let copula = link.chars().count() <= 12
            && !link.contains(['。', '；', '的'])
            && ["是", "曾是", "为", "系", "即", "就是", "则是", "也是", "正是", "，是", "作为"]
                .iter()
                .any(|c| find::starts(link, c));
        let apposed = matches!(link, "，" | "," | "：" | "——" | "（");
        let clause_end = view.clauses[view.clause_at(hit.span.start)].end;
        let rest = view.between(hit.span.end, clause_end);
        let alone = !view.groups.iter().any(|g| g.span.start >= hit.span.end && g.span.end <= clause_end);
        ((copula || apposed) && alone && rest.chars().count() <= 24 && about.fits(kinds)).then_some(told)
    }
}

//! From all claims of an article to one for each subject, relation and object: what says more stays.

use super::Claim;
use crate::dictionary::relations::{Construction, Rules};
use crate::schema::{RelationId, Schema, Status};
use rustc_hash::{FxHashMap, FxHashSet};

/// One claim for each subject, relation and object: the surest, with the status that most claims give it;
/// among equally frequent ones the one stated last.
pub(super) fn merge(mut claims: Vec<Claim>, schema: &Schema, rules: &Rules) -> Vec<Claim> {
    // "在商汤内部，Vela已用于测试": makers use what they make
    let inside = |c: &Claim| rules.named(c.rule).is_some_and(|r| r.inside);
    // what is only known yields to what is said
    if let Some(known) = rules.known_makers() {
        // a product that a house bought, or is said to use, is not told to be made by it
        let said: FxHashSet<(u32, u32)> = claims
            .iter()
            .filter(|c| c.relation != known.relation && c.status != Status::Ended)
            .filter(|c| !inside(c))
            .map(|c| (c.subject, c.object))
            .collect();
        claims.retain(|c| c.rule != known.name || !said.contains(&(c.subject, c.object)));
    }
    let ends = |c: &Claim, symmetric: bool| match symmetric {
        true => (c.subject.min(c.object), c.subject.max(c.object)),
        false => (c.subject, c.object),
    };
    // beating says more than rivalling, making a product more than using it
    for (i, strong) in rules.traits.iter().enumerate() {
        for &weak in &strong.over {
            let symmetric = schema.get(weak).symmetric;
            // what has ended says nothing of what goes on
            let ended = |c: &Claim| c.status == Status::Ended;
            let pairs = |relation: usize| -> FxHashSet<((u32, u32), bool)> {
                claims
                    .iter()
                    .filter(|c| c.relation.0 as usize == relation)
                    .map(|c| (ends(c, symmetric), ended(c)))
                    .collect()
            };
            let said = pairs(i);
            claims.retain(|c| {
                let pair = (ends(c, symmetric), ended(c));
                !(c.relation == weak && said.contains(&pair) && !inside(c))
            });
        }
    }
    settle_staff(&mut claims, rules);
    settle_moves(&mut claims, rules);
    settle_stakes(&mut claims, rules);
    let symmetric = |c: &Claim| schema.get(c.relation).symmetric;
    let mut order: Vec<(u32, u16, u32)> = Vec::new();
    let mut groups: FxHashMap<(u32, u16, u32), Vec<Claim>> = FxHashMap::default();
    for c in claims {
        let key = if symmetric(&c) {
            (c.subject.min(c.object), c.relation.0, c.subject.max(c.object))
        } else {
            (c.subject, c.relation.0, c.object)
        };
        let group = groups.entry(key).or_default();
        if group.is_empty() {
            order.push(key);
        }
        group.push(c);
    }
    order.into_iter().map(|key| super::awaited::settled(&groups[&key], rules)).collect()
}

/// Who took less than half of a house has not taken it over, whatever a headline calls it.
fn settle_stakes(claims: &mut Vec<Claim>, rules: &Rules) {
    let part = |c: &Claim| {
        let share = c.attributes.share.as_deref()?;
        share.split(['%', '％']).next()?.trim().parse::<f32>().ok().filter(|s| *s < 50.0)
    };
    let minor: FxHashSet<(RelationId, u32, u32)> =
        claims.iter().filter(|c| part(c).is_some()).map(|c| (c.relation, c.subject, c.object)).collect();
    claims.retain(|c| {
        let stakes = &rules.traits[c.relation.0 as usize].stakes;
        !stakes.iter().any(|holds| minor.contains(&(*holds, c.subject, c.object)))
    });
}

/// What only a 的 says yields to a role between the same two; who moved to one house has left the other that a title or a 的 puts them in.
fn settle_staff(claims: &mut Vec<Claim>, rules: &Rules) {
    let Some(staff) = rules.staff() else { return };
    let rule = |c: &Claim| rules.named(c.rule);
    let bare = |c: &Claim| c.relation == staff && rule(c).is_some_and(|r| r.is(Construction::Of));
    if claims.iter().any(bare) {
        let roles: FxHashSet<(u32, u32)> = claims
            .iter()
            .filter(|c| rules.traits[c.relation.0 as usize].outranks.contains(&staff))
            .map(|c| (c.subject, c.object))
            .collect();
        claims.retain(|c| !(bare(c) && roles.contains(&(c.subject, c.object))));
    }
    let moved: FxHashSet<(u32, u32)> = claims
        .iter()
        .filter(|c| c.relation == staff && c.status == Status::Asserted && rule(c).is_some_and(|r| r.moves))
        .map(|c| (c.subject, c.object))
        .collect();
    if moved.is_empty() {
        return;
    }
    for c in claims.iter_mut().filter(|c| c.status == Status::Asserted && !moved.contains(&(c.subject, c.object))) {
        let staffed = c.relation == staff || rules.traits[c.relation.0 as usize].outranks.contains(&staff);
        let titled = || rule(c).is_some_and(|r| matches!(r.construction, Construction::Role | Construction::Of));
        if staffed && moved.iter().any(|m| m.0 == c.subject) && titled() && !super::english_role::beside(c) {
            c.status = Status::Ended;
        }
    }
}

/// Who joined a house, told apart from the role that he leads it in: the role says more.
fn settle_moves(claims: &mut Vec<Claim>, rules: &Rules) {
    let Some(staff) = rules.staff() else { return };
    let roles: FxHashSet<(u32, u32, Status)> = claims
        .iter()
        .filter(|c| rules.traits[c.relation.0 as usize].outranks.contains(&staff))
        .map(|c| (c.subject, c.object, c.status))
        .collect();
    let verbal = |c: &Claim| rules.named(c.rule).is_some_and(|r| r.is(Construction::Verb));
    claims.retain(|c| !(c.relation == staff && roles.contains(&(c.subject, c.object, c.status)) && verbal(c)));
}

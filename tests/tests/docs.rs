//! Pages of `docs/` that are generated from the code.

mod snapshot;

use std::fmt::Write as _;
use vocabulary::{Code, EDITION, INDICATORS, Role, VOCABULARIES};

#[test]
fn error_codes() {
    let mut page = String::from(
        "# Error codes (错误码)\n\nGenerated from `services/shared/vocabulary/src/error.rs`. Every error of the API carries one in `extensions.code`, or in\n`userErrors.code` of a mutation's payload.\n\n| Code | Kind | 中文 | English |\n| --- | --- | --- | --- |\n",
    );
    for code in Code::ALL {
        let _ = writeln!(page, "| `{code}` | {:?} | {} | {} |", code.kind(), code.zh(), code.en());
    }
    snapshot::compare("docs/error-codes.md", &page);
}

#[test]
fn metrics() {
    let mut page = format!(
        "# Indicators and metrics (指标与计算)\n\nGenerated from `services/shared/vocabulary/standard/`, edition {EDITION}. The source of the indicators is the national\nconstruction standard for homeroom-teacher studios at secondary vocational schools, told here in our own words; where a\nmetric's source is *design*, the formula is this product's reading of it. A zero denominator gives *not applicable*,\nmissing records give *insufficient evidence*; neither is ever 0. Metrics in bold are computed by now; the others show\n*insufficient evidence*.\n\n",
    );
    for indicator in INDICATORS.iter() {
        let _ = writeln!(
            page,
            "## {} {} · {}\n\n{}\n\n{}\n\nType {} · about the {:?} · from {}\n",
            indicator.number,
            indicator.zh,
            indicator.en,
            indicator.requirement_zh,
            indicator.requirement_en,
            indicator.kind,
            indicator.subject,
            indicator.records.join(", ")
        );
        page.push_str(
            "| Metric | 名称 Name | Unit | Target | Source | 计算 Formula |\n| --- | --- | --- | --- | --- | --- |\n",
        );
        for m in &indicator.metrics {
            let id = if m.slot.is_some() { format!("**`{}`**", m.id) } else { format!("`{}`", m.id) };
            let target = m.target.map_or_else(|| "–".to_owned(), |t| t.to_string());
            let _ = writeln!(
                page,
                "| {id} | {} {} | {:?} | {target} | {:?} | {}<br>{} |",
                m.zh, m.en, m.unit, m.source, m.formula_zh, m.formula_en
            );
        }
        page.push('\n');
    }
    page.push_str("## 词表 Vocabularies\n\nAn open list may be lengthened by a bureau.\n\n| Code | 名称 Name | Indicators | Open | 词项 Terms |\n| --- | --- | --- | --- | --- |\n");
    for one in VOCABULARIES.iter() {
        let terms: Vec<_> = one.terms.iter().map(|term| format!("{} {}", term.zh, term.en)).collect();
        let open = if one.open { "yes" } else { "no" };
        let _ = writeln!(
            page,
            "| `{}` | {} {} | {} | {open} | {} |",
            one.id,
            one.zh,
            one.en,
            one.indicators.join(", "),
            terms.join("; ")
        );
    }
    snapshot::compare("docs/metrics.md", &page);
}

#[test]
fn roles() {
    let mut page = String::from(
        "# Roles (角色)\n\nGenerated from `services/shared/vocabulary/src/role.rs`. What each may do stands in the services' `policy_matrix.txt`.\n\n| Role | 中文 | English | Stands on |\n| --- | --- | --- | --- |\n",
    );
    for role in Role::ALL {
        let on = if role.on_studio() { "a studio" } else { "an organisation" };
        let _ = writeln!(page, "| `{}` | {} | {} | {on} |", role.code(), role.zh(), role.en());
    }
    snapshot::compare("docs/roles.md", &page);
}

//! Pages of `docs/` that are generated from the code.

mod snapshot;

use std::fmt::Write as _;
use vocabulary::{Code, INDICATORS, METRICS, Role};

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
    let mut page = String::from(
        "# Indicators and metrics (指标与计算)\n\nGenerated from `services/shared/vocabulary/src/indicators.rs`. The source of the indicators is the national construction\nstandard for homeroom-teacher studios at secondary vocational schools; the formulas are this product's reading of it.\nA zero denominator gives *not applicable*, missing records give *insufficient evidence*; neither is ever 0.\n\n",
    );
    for indicator in INDICATORS {
        let _ = writeln!(page, "## {} {} · {}\n", indicator.number, indicator.zh, indicator.en);
        let own: Vec<_> = METRICS.iter().filter(|metric| metric.indicator == indicator.number).collect();
        if own.is_empty() {
            page.push_str("Not computed yet: shown as 证据不足 (insufficient evidence).\n\n");
            continue;
        }
        page.push_str(
            "| Metric | 名称 Name | Unit | Target | 计算 Formula |\n| --- | --- | --- | --- | --- |\n",
        );
        for m in own {
            let target = m.target.map_or_else(|| "–".to_owned(), |t| t.to_string());
            let _ = writeln!(
                page,
                "| `{}` | {} {} | {:?} | {target} | {}<br>{} |",
                m.id, m.zh, m.en, m.unit, m.formula_zh, m.formula_en
            );
        }
        page.push('\n');
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

//! The SQL of the vocabularies.

use contract::resources::ResourceDomain;
use platform::database_error;
use sqlx::PgConnection;
use vocabulary::Result;

/// The domains, in the standard's order.
pub(crate) async fn domains(connection: &mut PgConnection) -> Result<Vec<ResourceDomain>> {
    let rows: Vec<(String, String, String)> =
        sqlx::query_as("select code, zh, en from resources.domain where place > $1 order by place")
            .bind(0_i16)
            .fetch_all(connection)
            .await
            .map_err(database_error)?;
    Ok(rows.into_iter().map(|(code, zh, en)| ResourceDomain { code, zh, en }).collect())
}

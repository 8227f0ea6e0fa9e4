//! The Model Context Protocol, spoken by its official SDK. The tools are the queries; every tie that they tell of cites
//! its sentence, article and date.

use super::{Desk, QUERIES, Query};
use crate::diagnostic::{Diagnostic, Error};
use rmcp::model::{
    CallToolRequestParams, CallToolResponse, CallToolResult, ContentBlock, ErrorData, Implementation, ListToolsResult,
    PaginatedRequestParams, ServerCapabilities, ServerConfig, Tool, ToolAnnotations,
};
use rmcp::service::RequestContext;
use rmcp::{RoleServer, ServerHandler};
use std::sync::Arc;
use std::time::Duration;

const INSTRUCTIONS: &str = "Ties between companies, persons, products and organizations of the tech industry, read from \
    news articles. A relation has a status: asserted, planned, rumored, negated (denied) or ended; tell it with the \
    relation. Every piece of evidence names its article, date, line and sentence; cite them. What the articles do not say \
    is not known here.";

/// The tools, at a desk.
#[derive(Clone, Debug)]
pub struct Tools(Arc<Desk>);

impl Tools {
    /// The tools that ask at `desk`.
    pub fn new(desk: Arc<Desk>) -> Tools {
        Tools(desk)
    }
}

fn tool(query: &'static Query) -> Tool {
    let hints = ToolAnnotations::new().read_only(true).idempotent(true).open_world(false);
    Tool::new(query.name, query.about, query.tool_schema()).with_annotations(hints)
}

fn query(name: &str) -> Option<&'static Query> {
    Query::find(name).filter(|q| q.is_tool())
}

impl ServerHandler for Tools {
    fn get_info(&self) -> ServerConfig {
        let name = Implementation::new("guanxi", env!("CARGO_PKG_VERSION")).with_title("guanxi 关系");
        ServerConfig::new(ServerCapabilities::builder().enable_tools().build())
            .with_server_info(name)
            .with_instructions(INSTRUCTIONS)
    }

    async fn list_tools(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        Ok(ListToolsResult::with_all_items(QUERIES.iter().filter(|q| q.is_tool()).map(tool).collect()))
    }

    fn get_tool(&self, name: &str) -> Option<Tool> {
        query(name).map(tool)
    }

    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        _: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        let Some(query) = query(&request.name) else {
            return Err(ErrorData::invalid_params(format!("there is no tool `{}`", request.name), None));
        };
        let arguments = request.arguments.unwrap_or_default();
        // that an entity is unknown, or an argument wrong, is for the model to read and to mend
        Ok(match self.0.ask(move |base| query.call(base, arguments)).await {
            Ok(answer) => CallToolResult::structured(answer).into(),
            Err(refused) => {
                let (what, hint) = refused.words();
                let hint = hint.map(|h| format!("\nhint: {h}")).unwrap_or_default();
                CallToolResult::error(vec![ContentBlock::text(format!("error: {what}{hint}"))]).into()
            }
        })
    }
}

/// Serves over standard input and output until the input ends.
///
/// # Errors
/// When the system refuses threads, or the client does not keep to the protocol.
pub fn serve(desk: Desk) -> Result<(), Error> {
    let fault = |what: String| Error::new(Diagnostic::error("", what));
    let runtime = super::http::runtime().map_err(|e| fault(format!("cannot start: {e}")))?;
    let tools = Tools::new(Arc::new(desk));
    let ended = runtime.block_on(async {
        let service = rmcp::serve_server(tools, rmcp::transport::stdio()).await.map_err(|e| {
            let d = Diagnostic::error("", format!("the session did not begin: {e}"));
            Error::new(d.hint("a program that speaks the Model Context Protocol starts this command"))
        })?;
        service.waiting().await.map(drop).map_err(|e| fault(format!("the session broke off: {e}")))
    });
    // reading standard input cannot be stopped
    runtime.shutdown_timeout(Duration::from_millis(100));
    ended
}

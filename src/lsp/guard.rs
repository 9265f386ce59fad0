//! What keeps the server alive, and ends it: a panic in one handler answers that one request with an error, every request is
//! answered, and `exit` or the end of the editor's process ends the server even while requests are under way.

use std::future::{Future, poll_fn};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::sync::Notify;
use tokio::task::AbortHandle;
use tower_lsp_server::jsonrpc::{Error, Request, Response};
use tower_service::Service;

use super::log::log;
use crate::workspace::Process;

/// How often the editor's process is looked for.
const PARENT_INTERVAL: Duration = Duration::from_secs(1);

/// Where the server stands between its start and its end.
#[derive(Debug, Default)]
pub(super) struct Lifecycle {
    shut_down: AtomicBool,
    exited: AtomicBool,
    exit: Notify,
    orphaned: Notify,
    /// What goes on as long as the server.
    tasks: Mutex<Vec<AbortHandle>>,
}

impl Lifecycle {
    fn shut_down(&self) {
        self.shut_down.store(true, Ordering::Release);
    }

    pub(super) fn exit_status(&self) -> i32 {
        i32::from(!(self.shut_down.load(Ordering::Acquire) && self.exited.load(Ordering::Acquire)))
    }

    /// Resolves when the server has to end: `grace` after `exit`, or when the editor's process is gone.
    pub(super) async fn ended(&self, grace: Duration) {
        tokio::select! {
            () = self.exit.notified() => tokio::time::sleep(grace).await,
            () = self.orphaned.notified() => log("the editor is gone"),
        }
    }

    /// Ends the server when the process `id` is no more. Where it can't be seen to begin with, which is so from within a
    /// container, the end of input has to do.
    pub(super) fn watch_parent(self: &Arc<Self>, id: u32) {
        let Some(parent) = Process::running(id) else { return };
        let lifecycle = self.clone();
        self.keep(async move {
            while parent.is_running() {
                tokio::time::sleep(PARENT_INTERVAL).await;
            }
            lifecycle.orphaned.notify_one();
        });
    }

    /// Has something go on until the server ends.
    pub(super) fn keep(&self, task: impl Future<Output = ()> + Send + 'static) {
        self.tasks.lock().unwrap_or_else(PoisonError::into_inner).push(tokio::spawn(task).abort_handle());
    }

    /// Ends all that goes on as long as the server.
    pub(super) fn let_go(&self) {
        self.tasks.lock().unwrap_or_else(PoisonError::into_inner).drain(..).for_each(|task| task.abort());
    }
}

/// The answer to a request whose name says that it may be left out, which only a notification may: nobody below gives one.
fn refusal(request: &Request) -> Option<Response> {
    let id = request.id().filter(|_| request.method().starts_with("$/"))?;
    Some(Response::from_error(id.clone(), Error::method_not_found()))
}

/// The server behind a guard.
pub(super) struct Guarded<S> {
    inner: S,
    lifecycle: Arc<Lifecycle>,
}

impl<S> Guarded<S> {
    pub(super) fn new(inner: S, lifecycle: Arc<Lifecycle>) -> Self {
        Self { inner, lifecycle }
    }
}

impl<S> Service<Request> for Guarded<S>
where
    S: Service<Request, Response = Option<Response>>,
    S::Future: Send + 'static,
    S::Error: Send + 'static,
{
    type Response = S::Response;
    type Error = S::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Self::Error>> + Send>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, request: Request) -> Self::Future {
        if let Some(refusal) = refusal(&request) {
            return Box::pin(std::future::ready(Ok(Some(refusal))));
        }
        let (id, method) = (request.id().cloned(), request.method().to_owned());
        // Known here and now: an editor may send `exit` on its heels.
        if method == "shutdown" {
            self.lifecycle.shut_down();
        }
        if method == "exit" {
            self.lifecycle.exited.store(true, Ordering::Release);
            self.lifecycle.exit.notify_one();
        }
        let answer = move || {
            log(&format!("{method} failed; this is a fault of the server"));
            Ok(id.map(|id| Response::from_error(id, Error::internal_error())))
        };
        let Ok(future) = catch_unwind(AssertUnwindSafe(|| self.inner.call(request))) else {
            return Box::pin(std::future::ready(answer()));
        };
        let mut future = Box::pin(future);
        Box::pin(async move {
            let caught = poll_fn(move |cx| match catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(cx))) {
                Ok(poll) => poll.map(Ok),
                Err(_) => Poll::Ready(Err(())),
            });
            caught.await.unwrap_or_else(|()| answer())
        })
    }
}

#[cfg(test)]
mod tests {
    use tower_lsp_server::jsonrpc::ErrorCode;

    use super::*;

    struct Panics;

    impl Service<Request> for Panics {
        type Response = Option<Response>;
        type Error = std::convert::Infallible;
        type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Self::Error>> + Send>>;

        fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
            Poll::Ready(Ok(()))
        }

        fn call(&mut self, request: Request) -> Self::Future {
            assert_ne!(request.method(), "at once");
            Box::pin(async { panic!("later") })
        }
    }

    #[tokio::test]
    async fn a_panic_is_an_answer() {
        let mut guarded = Guarded::new(Panics, Arc::new(Lifecycle::default()));
        for method in ["at once", "later"] {
            let answer = guarded.call(Request::build(method).id(1).finish()).await.expect("no error").expect("an answer");
            assert_eq!(answer.error().map(|error| error.code.code()), Some(-32603));
            assert!(guarded.call(Request::build(method).finish()).await.expect("no error").is_none());
        }
    }

    #[tokio::test]
    async fn only_a_notification_may_be_left_out() {
        let mut guarded = Guarded::new(Panics, Arc::new(Lifecycle::default()));
        let answer = guarded.call(Request::build("$/odd").id(1).finish()).await.expect("no error").expect("an answer");
        assert_eq!(answer.error().map(|error| error.code), Some(ErrorCode::MethodNotFound));
    }
}

//! One call of an operation: who asks, until when, and under which names it is found in logs.

use crate::{Code, Error, Principal, Result};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};
use uuid::Uuid;

/// What goes with every operation, in both layouts.
#[derive(Debug, Clone)]
pub struct Call {
    /// Who asks.
    pub principal: Arc<Principal>,
    /// The request's id: in the log, in the audit and in error messages.
    pub request_id: Uuid,
    /// When the caller stops waiting.
    pub deadline: Instant,
    /// How many operations were asked of services so far under this request.
    asked: Arc<AtomicU32>,
}

impl Call {
    /// A call by a principal with a new request id.
    pub fn new(principal: Principal, timeout: Duration) -> Self {
        Self {
            principal: Arc::new(principal),
            request_id: Uuid::now_v7(),
            deadline: Instant::now() + timeout,
            asked: Arc::default(),
        }
    }

    /// The same call with the request id of the caller in another process.
    #[must_use]
    pub fn with_request_id(mut self, request_id: Uuid) -> Self {
        self.request_id = request_id;
        self
    }

    /// Notes that one more operation is asked.
    pub fn count(&self) {
        self.asked.fetch_add(1, Ordering::Relaxed);
    }

    /// How many operations were asked so far.
    pub fn asked(&self) -> u32 {
        self.asked.load(Ordering::Relaxed)
    }

    /// What is left until the deadline; an error when it has passed.
    pub fn left(&self) -> Result<Duration> {
        let left = self.deadline.saturating_duration_since(Instant::now());
        if left.is_zero() { Err(Error::new(Code::DeadlineExceeded)) } else { Ok(left) }
    }
}

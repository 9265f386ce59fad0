//! `copydesk serve` over real sockets, as browsers and programs meet it, and as whoever means harm does.

mod client;
mod desk;
mod hostile;
mod newsroom;
mod openapi;
mod page_socket;
mod posted;
mod program;

// The connection to the server: opened, kept, and opened again when it is lost. The token is what stood behind the `#` of the page's address; it
// is kept for this tab alone, and goes along as one of the socket's protocols, since a page can set no other header of it.
import type { Transport } from "@codemirror/lsp-client";

const KEPT = "copydesk.token";
const SOONEST_MS = 500;
const LATEST_MS = 10_000;

export type State = "connecting" | "open" | "lost" | "refused";

/** Takes the token out of the address, where it would be read over a shoulder and written into the history. */
export function takeToken(): string {
  const given = location.hash.replace(/^#/, "");
  if (given) {
    try {
      sessionStorage.setItem(KEPT, given);
    } catch {
      // Where nothing may be kept, loading the page again asks for the address once more.
    }
    history.replaceState(null, "", location.pathname);
    return given;
  }
  try {
    return sessionStorage.getItem(KEPT) ?? "";
  } catch {
    return "";
  }
}

export class Connection {
  readonly #whenState: (state: State) => void;
  readonly #whenOpen: (transport: Transport) => void;
  #token: string;
  #socket: WebSocket | undefined;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #wait = SOONEST_MS;

  constructor(token: string, whenOpen: (transport: Transport) => void, whenState: (state: State) => void) {
    this.#token = token;
    this.#whenOpen = whenOpen;
    this.#whenState = whenState;
  }

  get token(): string {
    return this.#token;
  }

  /** Another token: copydesk has been started anew, and the person has the new address. */
  renew(token: string): void {
    this.#token = token;
    this.#wait = SOONEST_MS;
    this.open();
  }

  open(): void {
    clearTimeout(this.#retry);
    this.#socket?.close();
    this.#whenState("connecting");
    const handlers = new Set<(message: string) => void>();
    const address = `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/lsp`;
    const socket = new WebSocket(address, this.#token ? ["copydesk.lsp", `copydesk.token.${this.#token}`] : ["copydesk.lsp"]);
    this.#socket = socket;
    let wasOpen = false;
    socket.onopen = () => {
      wasOpen = true;
      this.#wait = SOONEST_MS;
      this.#whenOpen({
        send: (message) => {
          if (socket.readyState === WebSocket.OPEN) socket.send(message);
        },
        subscribe: (handler) => void handlers.add(handler),
        unsubscribe: (handler) => void handlers.delete(handler),
      });
      this.#whenState("open");
    };
    socket.onmessage = ({ data }) => {
      for (const handler of handlers) handler(String(data));
    };
    socket.onclose = () => {
      if (this.#socket === socket) void this.#lost(wasOpen);
    };
  }

  async #lost(wasOpen: boolean): Promise<void> {
    // A browser doesn't tell a page why a socket was refused: whether the server is there, another question says.
    const isThere = !wasOpen && (await fetch("/health", { cache: "no-store" }).then(({ ok }) => ok).catch(() => false));
    this.#whenState(isThere ? "refused" : "lost");
    if (isThere) return;
    this.#retry = setTimeout(() => this.open(), this.#wait);
    this.#wait = Math.min(2 * this.#wait, LATEST_MS);
  }
}

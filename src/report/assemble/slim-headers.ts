import type { Exchange, RawHeaders } from "../../evidence/exchange.js";

/** So many headers are known again; by then those that repeat have been seen. */
const MOST_HEADERS = 4096;
/** Longer values are signatures and the like, which never come again. */
const LONGEST_VALUE = 96;

/** Most of what the journal says of exchanges are headers, and most headers are like thousands of others: each is kept once. */
export class SlimHeaders {
  readonly #known = new Map<string, RawHeaders[number]>();

  /** The same exchange, whose headers are those of others where they are alike. */
  in(exchange: Exchange): Exchange {
    const { request, response } = exchange;
    return {
      ...exchange,
      request: { ...request, headers: this.#once(request.headers) },
      ...(response === undefined ? {} : { response: { ...response, headers: this.#once(response.headers) } }),
    };
  }

  #once(headers: RawHeaders): RawHeaders {
    return headers.map((header) => {
      const [name, value] = header;
      if (value.length > LONGEST_VALUE) return header;
      const key = `${name}\n${value}`;
      const known = this.#known.get(key);
      if (known === undefined && this.#known.size < MOST_HEADERS) this.#known.set(key, header);
      return known ?? header;
    });
  }
}

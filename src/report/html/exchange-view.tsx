import type { RecordedMessage } from "../../evidence/exchange.js";
import { anchor } from "../anchors.js";
import type { InlineBody } from "../run-json.js";
import { cutText, oneLine, visible } from "../sanitise.js";
import { prettyJson } from "./pretty-json.js";
import { Line, Name } from "./text.js";
import { BODY_LIMIT, type ShownExchange } from "./view.js";

/** One request and its answer; closed until asked for. */
export function ExchangeView({ id, shown }: { readonly id: string; readonly shown: ShownExchange }) {
  const { exchange, withBodies } = shown;
  const { request, response, requestBody, responseBody } = exchange;
  const outcome = response === undefined ? (exchange.failure ?? "no answer") : String(response.status);
  return (
    <details class="exchange" id={anchor("exchange", id)}>
      <summary>
        <Name>{id}</Name> <Name>{`${request.method} ${cutText(request.target, 160).text}`}</Name>{" "}
        <span aria-hidden="true">→</span> <strong>{oneLine(outcome)}</strong>{" "}
        <span class="soft">
          {oneLine(exchange.from)} to {oneLine(exchange.to)}, {exchange.endedAt - exchange.startedAt} ms
        </span>
      </summary>
      {exchange.interference !== undefined && (
        <p class="note">
          Concordat interfered: <Line>{exchange.interference}</Line>
        </p>
      )}
      <div class="sides">
        <div>
          <h5>
            Sent by <Line>{exchange.from}</Line>
          </h5>
          <Message
            start={`${request.method} ${request.target}`}
            message={request}
            body={requestBody}
            shown={withBodies}
          />
        </div>
        <div>
          <h5>
            Received from <Line>{exchange.to}</Line>
          </h5>
          {response === undefined ? (
            <p>
              No HTTP answer: <Line>{exchange.failure ?? "no reason was recorded"}</Line>
            </p>
          ) : (
            <Message start={String(response.status)} message={response} body={responseBody} shown={withBodies} />
          )}
        </div>
      </div>
      {exchange.altered !== undefined && <Arrived shown={shown} />}
    </details>
  );
}

/** What became of both messages on the way, side by side below what was sent. */
function Arrived({ shown: { exchange, withBodies } }: { readonly shown: ShownExchange }) {
  const { request, response, withheld } = exchange.altered ?? {};
  return (
    <div class="sides">
      <div>
        <h5>
          What arrived at <Line>{exchange.to}</Line>
        </h5>
        {request === undefined ? (
          <p class="soft">{withheld === "request" ? "Nothing: it was kept back." : "What was sent."}</p>
        ) : (
          <Message
            start={`${request.method} ${request.target}`}
            message={request}
            body={exchange.arrivedRequestBody}
            shown={withBodies}
          />
        )}
      </div>
      <div>
        <h5>
          What arrived at <Line>{exchange.from}</Line>
        </h5>
        {response === undefined ? (
          <p class="soft">{withheld === undefined ? "What was answered." : "Nothing: it was kept back."}</p>
        ) : (
          <Message
            start={String(response.status)}
            message={response}
            body={exchange.arrivedResponseBody}
            shown={withBodies}
          />
        )}
      </div>
    </div>
  );
}

interface MessageProps {
  readonly start: string;
  readonly message: RecordedMessage;
  readonly body: InlineBody | undefined;
  readonly shown: boolean;
}

function Message({ start, message, body, shown }: MessageProps) {
  const lines = [oneLine(start), ...message.headers.map(([name, value]) => oneLine(`${name}: ${value}`))];
  return (
    <>
      <pre class="head">{cutText(lines.join("\n"), BODY_LIMIT).text}</pre>
      <Body message={message} body={body} shown={shown} />
    </>
  );
}

function Body({ message, body, shown }: Omit<MessageProps, "start">) {
  if (message.bodyBytes === 0) return <p class="soft">No body.</p>;
  if (body === undefined || !shown) {
    return (
      <p class="soft">
        Body of {message.bodyBytes} bytes left out to keep this page readable: evidence file <Name>{message.body}</Name>
        .
      </p>
    );
  }
  const readable = body.encoding === "utf-8" ? prettyJson(body.text) : body.text;
  const { text, left } = cutText(readable, BODY_LIMIT);
  return (
    <>
      {body.encoding === "base64" && <p class="soft">Not text: {message.bodyBytes} bytes, shown in base64.</p>}
      <pre class="body">{visible(text)}</pre>
      {(left > 0 || body.cut) && (
        <p class="note">
          Cut here. The whole body ({message.bodyBytes} bytes) is the evidence file <Name>{message.body}</Name>.
        </p>
      )}
    </>
  );
}

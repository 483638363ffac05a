import { ClientUser } from "../../src/client/client-user.js";
import type { JsonObject } from "../../src/matrix/json.js";

/** That user as they would fare with a server that answers them otherwise where the path matches: with what `alter` makes of the answer. */
export function withAlteredAnswers(
  user: ClientUser,
  path: RegExp,
  alter: (answer: JsonObject) => JsonObject,
): ClientUser {
  return new ClientUser(
    {
      async send(_credentials, method, target, body, options) {
        const answer = await user.request(method, target, body, options);
        return path.test(target) ? { ...answer, body: alter(answer.body as JsonObject) } : answer;
      },
    },
    user,
  );
}

/** The error a promise rejects with, as name and message; "no failure" where it does not. */
export function failureOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => "no failure",
    (error: Error) => `${error.name}: ${error.message}`,
  );
}

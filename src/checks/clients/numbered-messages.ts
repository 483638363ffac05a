import { Type } from "@sinclair/typebox";
import { type SyncBatch, toDeviceIn } from "../../client/sync-batch.js";
import { isJsonObject } from "../../matrix/json.js";
import { waitingFor, within } from "../../steps/waiting.js";
import { defineCheck } from "../define.js";
import { noted } from "../noted.js";
import type { JudgeView } from "../view.js";

const closed = { additionalProperties: false } as const;
const Numbered = {
  as: Type.String({ description: "A member of the cast at a target." }),
  type: Type.String({ description: "The messages' type." }),
  count: Type.Integer({ minimum: 2 }),
  within,
};

interface Look {
  readonly as: string;
  readonly type: string;
  readonly count: number;
  readonly within?: string;
}

const numbersIn = (batch: SyncBatch, type: string) =>
  toDeviceIn(batch).flatMap(({ type: own, content }) =>
    own === type && isJsonObject(content) && typeof content.number === "number" ? [content.number] : [],
  );

/** Syncs until so many have come, and notes which numbers each answer brought. */
const observing = {
  async observe(context: Parameters<NonNullable<ReturnType<typeof defineCheck>["observe"]>>[0], input: Look) {
    const client = context.client(input.as);
    const answers = () => client.seen.map((batch) => numbersIn(batch, input.type)).filter(({ length }) => length > 0);
    await waitingFor(context, input.within, (signal) =>
      client.waitForSync(() => answers().flat().length >= input.count, signal),
    );
    context.observe("numbered", { answers: answers() });
  },
};

function answersIn(view: JudgeView): readonly (readonly number[])[] | undefined {
  const answers = noted(view, "numbered")?.data.answers;
  return Array.isArray(answers) ? (answers as unknown as readonly (readonly number[])[]) : undefined;
}

export const numberedInOrder = defineCheck({
  name: "numbered-in-order",
  summary: "Numbered messages to a user's device come each once, in the order in which they were sent",
  input: Type.Object(Numbered, closed),
  ...observing,
  judge(view, input) {
    const expected = `${input.count} messages, each once and in order`;
    const numbers = answersIn(view)?.flat();
    if (numbers === undefined) return { holds: "unknown", expected, actual: "nobody looked" };
    const wrong = numbers.findIndex((number, index) => number !== index + 1);
    const holds = numbers.length === input.count && wrong < 0;
    const where = wrong < 0 ? "" : `; number ${numbers[wrong]} came as number ${wrong + 1}`;
    return { holds, expected, actual: `${numbers.length} came${where}` };
  },
});

export const answersBounded = defineCheck({
  name: "sync-answers-bounded",
  summary: "No answer of /sync brings more than so many of the messages that wait for a user's device",
  input: Type.Object({ ...Numbered, most: Type.Integer({ minimum: 1 }) }, closed),
  ...observing,
  judge(view, input) {
    const expected = `at most ${input.most} messages to a device in one answer`;
    const sizes = answersIn(view)?.map(({ length }) => length);
    if (sizes === undefined || sizes.length === 0) return { holds: "unknown", expected, actual: "none came" };
    return { holds: Math.max(...sizes) <= input.most, expected, actual: `answers of ${sizes.join(", ")}` };
  },
});

import { expect } from "chai";
import { watchPulse } from "../../src/runner/pulse.js";

describe("runner/pulse", () => {
  const felt = (...times: number[]) => {
    const noted: number[] = [];
    let now = 0;
    const pulse = watchPulse(
      (gap) => noted.push(gap),
      () => now,
    );
    pulse.stop();
    for (const time of times) {
      now = time;
      pulse.feel();
    }
    return noted;
  };

  it("notes how long nothing could be done, once for each time", () => {
    expect(felt(250, 3250, 3251, 3500, 9750)).to.deep.equal([2750, 6000]);
  });

  it("takes a beat that comes early or a little late for what it is", () => {
    expect(felt(10, 260, 2500)).to.deep.equal([]);
    expect(felt(2249, 4498)).to.deep.equal([]);
  });
});

import { env } from "node:process";

/**
 * Declares a suite that needs a container engine and the image that CONCORDAT_IMAGE names. Without the variable there is no suite,
 * except under CI=true: there its absence is a failure, so that a pipeline cannot lose these specs unnoticed.
 */
export function describeWithImage(title: string, suite: (image: string) => void): void {
  const image = env.CONCORDAT_IMAGE;
  if (image) {
    describe(title, () => suite(image));
  } else if (env.CI === "true") {
    describe(title, () => {
      it("has an image to run", () => {
        throw new Error(
          "CI=true, but CONCORDAT_IMAGE names no homeserver image: set it to the image of Synapse to test with",
        );
      });
    });
  }
}

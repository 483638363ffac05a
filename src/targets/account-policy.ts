import type { AccountPolicy } from "./target.js";
import type { TargetFile } from "./target-document.js";
import { type LabValues, renderTemplate } from "./template.js";

/** How users are made on this instance, its secret filled in. */
export function accountPolicy(target: TargetFile, values: LabValues): AccountPolicy {
  const { accounts, path: file } = target;
  if (accounts.register !== "shared-secret") return accounts;
  return { ...accounts, secret: renderTemplate(accounts.secret, values, { file, key: "accounts.secret" }) };
}

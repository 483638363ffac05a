import type { Context } from "../parts.js";
import type { Wakeups } from "../sync/wakeups.js";
import { CrossSigning } from "./cross-signing.js";
import { DeviceChanges } from "./device-changes.js";
import { DeviceListSender } from "./device-list-sender.js";
import { Devices } from "./devices.js";
import { KeyBackups } from "./key-backups.js";
import { KeyClaims } from "./key-claims.js";
import { KeyQueries } from "./key-queries.js";
import { OneTimeKeys } from "./one-time-keys.js";
import { RemoteDeviceLists } from "./remote-device-lists.js";
import { SignatureStore } from "./signature-store.js";
import { SignatureUploads } from "./signature-uploads.js";
import { ToDevice } from "./to-device.js";
import { ToDeviceFederation } from "./to-device-federation.js";
import { VisibleKeys } from "./visible-keys.js";

export type DeviceParts = ReturnType<typeof createDeviceParts>;

/** Everything about devices, connected with each other. */
export function createDeviceParts(context: Context, wakeups: Wakeups) {
  const devices = new Devices();
  const oneTimeKeys = new OneTimeKeys(context, wakeups);
  const crossSigning = new CrossSigning(devices, context.has);
  const deviceChanges = new DeviceChanges(context, wakeups);
  const signatures = new SignatureStore();
  const keys = new VisibleKeys(context, crossSigning, signatures);
  const sender = new DeviceListSender(context, devices, keys);
  const remote = new RemoteDeviceLists(context, deviceChanges);
  const keyQueries = new KeyQueries(context, { devices, keys, remote, sender });
  const toDevice = new ToDevice(context, devices, wakeups);
  devices.onChange(({ userId, deviceId }, change) => {
    deviceChanges.record(userId);
    if (change !== "deleted") return;
    if (!context.has("keeps-keys-of-deleted-devices")) oneTimeKeys.forget(userId, deviceId);
    signatures.forget(userId, deviceId);
  });
  return {
    devices,
    oneTimeKeys,
    crossSigning,
    deviceChanges,
    sender,
    keyQueries,
    keyBackups: new KeyBackups(context),
    keyClaims: new KeyClaims(context, oneTimeKeys),
    toDevice,
    toDeviceFederation: new ToDeviceFederation(context, toDevice),
    signatureUploads: new SignatureUploads({
      has: context.has,
      devices,
      crossSigning,
      signatures,
      changes: deviceChanges,
      sender,
      keyQueries,
    }),
  };
}

import type { JsonObject } from "../../../matrix/json.js";
import type { Device } from "../../devices/devices.js";
import type { ToDeviceFederation } from "../../devices/to-device-federation.js";
import { MatrixError } from "../../parts.js";
import type { ClientParts } from "../client-parts.js";
import { type ClientRoutes, optionalString, param, requiredObject, stringList, type UserRequest } from "../request.js";

function show(device: Device): JsonObject {
  return {
    device_id: device.deviceId,
    ...(device.displayName === undefined ? {} : { display_name: device.displayName }),
  };
}

function ownDevice(parts: ClientParts, request: UserRequest): Device {
  const device = parts.devices.get(request.requester.userId, param(request, "deviceId"));
  if (device === undefined) throw new MatrixError(404, "M_NOT_FOUND", "there is no such device");
  return device;
}

/** Devices of the account (client-server-api#device-management) and messages to devices (client-server-api#send-to-device-messaging). */
export function deviceEndpoints(routes: ClientRoutes, parts: ClientParts, toDevice: ToDeviceFederation): void {
  routes.user("GET", "/v3/devices", ({ requester }) => ({ devices: parts.devices.list(requester.userId).map(show) }));
  routes.user("GET", "/v3/devices/:deviceId", (request) => show(ownDevice(parts, request)));
  routes.user("PUT", "/v3/devices/:deviceId", (request) => {
    const device = ownDevice(parts, request);
    const name = optionalString(request.body, "display_name");
    if (name !== undefined) parts.devices.rename(device, name);
    return {};
  });
  routes.user("DELETE", "/v3/devices/:deviceId", (request) => {
    const device = ownDevice(parts, request);
    parts.interactiveAuth.requirePassword(request.body, device.userId);
    parts.devices.remove(device.userId, device.deviceId);
    return {};
  });
  routes.user("POST", "/v3/delete_devices", (request) => {
    const user = request.requester.userId;
    parts.interactiveAuth.requirePassword(request.body, user);
    for (const deviceId of stringList(request.body, "devices")) parts.devices.remove(user, deviceId);
    return {};
  });
  routes.user("PUT", "/v3/sendToDevice/:type/:txnId", (request) =>
    parts.transactions.once(request, async () => {
      toDevice.send(request.requester.userId, param(request, "type"), requiredObject(request.body, "messages"));
      return {};
    }),
  );
}

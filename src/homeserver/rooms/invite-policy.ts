import type { RoomId, UserId } from "../../matrix/pdu.js";

export interface ProposedInvite {
  readonly roomId: RoomId;
  readonly sender: UserId;
  readonly user: UserId;
}

/** Who wants which invites (client-server-api#invite-permission); whoever keeps the users' wishes adds to it. */
export class InvitePolicy {
  readonly #blocks: ((invite: ProposedInvite) => boolean)[] = [];

  add(blocked: (invite: ProposedInvite) => boolean): void {
    this.#blocks.push(blocked);
  }

  blocks(invite: ProposedInvite): boolean {
    return this.#blocks.some((blocked) => blocked(invite));
  }
}

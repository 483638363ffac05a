import type { Defect } from "./defect.js";

/** Faults with backups of room keys. */
export const BACKUP_DEFECTS: readonly Defect[] = [
  {
    name: "reuses-backup-version",
    summary: "A new backup bears the version of the one before",
    requirement: "FED-E2C-029",
  },
  {
    name: "missing-backup-200",
    summary: "Where there is no backup, an empty one is described",
    requirement: "FED-E2C-030",
  },
  {
    name: "backup-takes-other-algorithm",
    summary: "The algorithm of a backup can be changed",
    requirement: "FED-E2C-031",
  },
  {
    name: "writes-to-old-backup",
    summary: "Keys are taken into a backup that is not the newest",
    requirement: "FED-E2C-032",
  },
  {
    name: "unknown-backup-version-ok",
    summary: "A version that never was is taken for the newest",
    requirement: "FED-E2C-033",
  },
  {
    name: "backup-takes-worse-key",
    summary: "A key in a backup is replaced by one that opens less",
    requirement: "FED-E2C-034",
  },
  { name: "backup-etag-stays", summary: "A backup that has changed says that it has not", requirement: "FED-E2C-035" },
  {
    name: "empty-backup-404",
    summary: "An empty backup is answered as if there were none",
    requirement: "FED-E2C-036",
  },
  { name: "keeps-deleted-backup", summary: "A deleted backup can still be read", requirement: "FED-E2C-037" },
];

import type { Defect } from "./defect.js";

/** Faults in serving files to other servers and in fetching theirs. */
export const MEDIA_DEFECTS: readonly Defect[] = [
  {
    name: "media-by-id-alone",
    summary: "Files are told apart by their ids, whatever server they are of",
    requirement: "FED-MEDIA-001",
  },
  {
    name: "old-media-endpoints-first",
    summary: "Files are fetched by the old endpoints, without trying the new ones",
    requirement: "FED-MEDIA-002",
  },
  {
    name: "no-old-media-endpoints",
    summary: "Files of servers that know the old endpoints alone cannot be had",
    requirement: "FED-MEDIA-003",
  },
  {
    name: "old-media-endpoints-for-anything",
    summary: "A file that its server does not have is sought by the old endpoints too",
    requirement: "FED-MEDIA-003",
  },
  {
    name: "old-media-from-anywhere",
    summary: "By the old endpoints, servers are asked for files that they would have to fetch themselves",
    requirement: "FED-MEDIA-004",
  },
  { name: "media-for-anybody", summary: "Files are given without a signature", requirement: "FED-MEDIA-005" },
  { name: "media-in-one-part", summary: "Files are given to servers as to clients", requirement: "FED-MEDIA-006" },
  {
    name: "media-description-as-text",
    summary: "The description of a file is not called JSON",
    requirement: "FED-MEDIA-007",
  },
  {
    name: "media-without-type",
    summary: "Files are given without saying of what type they are",
    requirement: "FED-MEDIA-008",
  },
  {
    name: "remembers-places-of-media",
    summary: "The place where a file was kept elsewhere is used again",
    requirement: "FED-MEDIA-009",
  },
  {
    name: "reads-plain-parts-only",
    summary: "Answers in parts are understood only when nothing stands before the first",
    requirement: "FED-MEDIA-011",
  },
  { name: "serves-media-of-others", summary: "Files of other servers are served on", requirement: "FED-MEDIA-012" },
  {
    name: "announced-media-unknown",
    summary: "A file that is still to come counts as unknown",
    requirement: "FED-MEDIA-013",
  },
  { name: "thumbnails-of-any-size", summary: "Thumbnails of impossible sizes are given", requirement: "FED-MEDIA-018" },
  {
    name: "thumbnails-always-move",
    summary: "Thumbnails of moving pictures move even where that is not wanted",
    requirement: "FED-MEDIA-020",
  },
  {
    name: "thumbnails-never-move",
    summary: "Thumbnails stand still also where moving ones are wanted",
    requirement: "FED-MEDIA-021",
  },
  { name: "thumbnails-as-files", summary: "Thumbnails are not called pictures", requirement: "FED-MEDIA-022" },
  { name: "thumbnails-too-small", summary: "Thumbnails are smaller than asked for", requirement: "FED-MEDIA-023" },
  { name: "media-ids-as-paths", summary: "The id of a file is taken for a path", requirement: "FED-MEDIA-024" },
  {
    name: "old-media-endpoints-open",
    summary: "New files are given to anybody by the old endpoints",
    requirement: "FED-MEDIA-026",
  },
  {
    name: "signs-for-places-of-media",
    summary: "Whoever keeps a file for another server is shown a signature",
    requirement: "FED-MEDIA-027",
  },
];

interface Props {
  /** Of the drawing, unique in the page. */
  readonly drawing: string;
  /** In user units of the drawing. */
  readonly size: number;
}

/** The head of a drawing's arrows, to be named by `arrowEnd`. */
export function ArrowMarker({ drawing, size }: Props) {
  return (
    <defs>
      <marker
        id={`${drawing}-m`}
        viewBox="0 0 8 8"
        refX="7"
        refY="4"
        markerWidth={size}
        markerHeight={size}
        orient="auto"
        markerUnits="userSpaceOnUse"
      >
        <path class="tip" d="M0 0.5 L7.5 4 L0 7.5 z" />
      </marker>
    </defs>
  );
}

/** The value of `marker-end` for the lines of a drawing that has an `ArrowMarker`. */
export function arrowEnd(drawing: string): string {
  return `url(#${drawing}-m)`;
}

/** Where implementations are known to read the text differently; everything is as the text says unless told. */
export interface Reading {
  /** A state's full auth chain holds the state's own events too, cited or not (rooms/v2#definitions says otherwise). */
  readonly chainsHoldState?: boolean;
  /**
   * Where power events are ordered, one comes after another only by auth events that are in the full conflicted set
   * themselves (rooms/v2#definitions knows no such limit).
   */
  readonly pathsStayInside?: boolean;
  /**
   * Events once rejected for the state before them neither enter the state again nor allow others
   * (rooms/v2#rejected-events handles them as usual).
   */
  readonly rejectedStayOut?: boolean;
}

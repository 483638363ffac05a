/** Where implementations are known to read the text differently; everything is as the text says unless told. */
export interface Reading {
  /** A state's full auth chain holds the state's own events too, cited or not (rooms/v2#definitions says otherwise). */
  readonly chainsHoldState?: boolean;
  /**
   * With a power event come only those events that it rests upon by auth events that are in the full conflicted set themselves
   * (rooms/v2#algorithm takes all of its auth chain that is in the set).
   */
  readonly gathersInside?: boolean;
  /**
   * One power event comes after another only by auth events that are in the set to be ordered themselves. rooms/v2#definitions
   * does not say whether the graph that orders a set is that of the room or that of the set.
   */
  readonly ordersInside?: boolean;
  /**
   * Events once rejected for the state before them neither enter the state again nor allow others
   * (rooms/v2#rejected-events handles them as usual).
   */
  readonly rejectedStayOut?: boolean;
}

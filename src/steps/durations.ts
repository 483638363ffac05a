/** A time as written: `10s`, `500ms`. */
export const DURATION = "^[0-9]+(ms|s)$";

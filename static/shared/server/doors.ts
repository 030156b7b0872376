// The endpoints of our API as types: what each takes and answers, from its schema.
import type { paths } from "./api";

type Door = keyof paths & string;
type Filled<P extends string> = P extends `${infer Before}{${string}}${infer After}`
  ? `${Before}${string}${Filled<After>}`
  : P;
type At<P extends string> = Filled<P> | `${Filled<P>}?${string}`;

/** An address of our API, with its path parameters and query. */
export type Address = { [P in Door]: At<P> }[Door];
type DoorAt<A extends string> = { [P in Door]: A extends At<P> ? P : never }[Door];

export type Method = "GET" | "POST" | "PUT" | "DELETE";
type Deed<A extends string, M extends Method> = paths[DoorAt<A>][Lowercase<M> & keyof paths[DoorAt<A>]];

/** What is sent as JSON. */
export type Body<A extends string, M extends Method> =
  Deed<A, M> extends { requestBody?: { content: { "application/json": infer Json } } } ? Json : never;

/** What comes back: the JSON of a success, null where it has none. */
export type Answer<A extends string, M extends Method> =
  Deed<A, M> extends { responses: infer All } ? JsonOf<All[keyof All & (200 | 201 | 202)]> : never;
type JsonOf<R> = [R] extends [never] ? null : R extends { content: { "application/json": infer Json } } ? Json : null;

// The names of roles.
import type { Role } from "../server/generated";
import { catalogue, sayer } from "./say";

const roles = catalogue(
  {
    admin: "管理员",
    auditor: "督察",
    bank_liaison: "银行联络员",
    cadre: "街道/村干部",
    city_desk: "市反诈中心",
    community_officer: "社区民警",
    county_desk: "县反诈中心",
    grid_member: "网格员",
    hotline_operator: "96110 坐席",
    officer: "民警",
    police_assistant: "警务助理",
    station_chief: "所长",
  },
  {
    admin: "Admin",
    auditor: "Auditor",
    bank_liaison: "Bank liaison",
    cadre: "Street or village cadre",
    city_desk: "City desk",
    community_officer: "Community officer",
    county_desk: "County desk",
    grid_member: "Grid member",
    hotline_operator: "96110 operator",
    officer: "Officer",
    police_assistant: "Police assistant",
    station_chief: "Station chief",
  },
);
const say = sayer(roles);

/** The word for a role; one that this version does not know stands as it is. */
export function roleName(role: string): string {
  return role in roles.zh ? say(role as Role) : role;
}

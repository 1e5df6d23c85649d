package io.flowforge.campaign;

/**
 * A place where a process can be crashed.
 *
 * @param ground where executions are kept
 * @param flow what is run
 * @param point a fault point
 * @param nth which time it is reached, from 1
 */
record Boundary(Ground ground, CampaignFlow flow, String point, int nth) {
  String place() {
    return point + ":" + nth;
  }

  @Override
  public String toString() {
    return ground.name() + " " + flow + " " + place();
  }
}

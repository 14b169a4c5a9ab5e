//! Polygons, shared edges, point in polygon, travel time: plane geometry in kilometres.

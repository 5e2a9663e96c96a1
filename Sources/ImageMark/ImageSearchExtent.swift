/// How far the tiles of a picture are looked for.
package enum ImageSearchExtent: Sendable {
  /// As the marker lays them in a picture of this size or of any: what was cut, compressed or changed in
  /// its light is found, in a fraction of the time.
  case plain
  /// Turned, mirrored, scaled and squeezed in any way.
  case whole
}

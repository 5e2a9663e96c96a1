/// Where the tiles lie, more exactly than a linear map tells.
///
/// It is a shift, and how that differs over the picture, all in canonical samples.
struct TileWarp: Sendable {
  /// The shift in the middle of the picture.
  var shift = SIMD2<Float>.zero
  /// What a linear map adds at the border.
  var linear = Matrix(a: 0, b: 0, c: 0, d: 0)
  /// What a perspective adds at the border, to first order.
  var perspective = SIMD2<Float>.zero

  /// The shift at a place.
  ///
  /// - Parameter place: from the picture's middle, in half extents, -1...1.
  /// - Returns: canonical samples.
  @inline(__always)
  func shift(at place: SIMD2<Float>) -> SIMD2<Float> {
    shift + linear * place + place * (perspective * place).sum()
  }
}

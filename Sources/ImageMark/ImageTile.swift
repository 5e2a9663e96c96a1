/// The tile that is repeated over a picture.
package enum ImageTile {
  /// Samples of a tile's side in the detector's own, canonical coordinates.
  static let side = 128
  /// Cycles per tile of the lowest and highest carriers.
  static let lowest = 8
  static let highest = 32

  /// Tiles along the shorter side of pictures of medium size.
  static let along: Float = 2.8
  /// Sides of tiles in pictures as they are marked, samples.
  static let smallest = 128
  static let largest = 288

  /// The side of the tiles of a picture, in samples.
  ///
  /// A detector finds tiles of any size; this one is a compromise of detail and of many tiles.
  ///
  /// - Parameters:
  ///   - width: of the picture.
  ///   - height: of the picture.
  /// - Returns: the side.
  package static func period(width: Int, height: Int) -> Int {
    min(max(Int(Float(min(width, height)) / along), smallest), largest)
  }
}

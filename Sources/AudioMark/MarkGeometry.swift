/// The fixed measures of the audio mark; `docs/audio-mark.md` explains each of them.
package enum MarkGeometry {
  /// Symbols a second.
  package static let symbolRate = 50
  /// Hops a second: a symbol has three, a frame of analysis covers two.
  package static let hopRate = 150
  /// Feature frames a second, two for each hop.
  package static let frameRate = 300
  /// Feature frames in a symbol at unchanged speed.
  package static let framesPerSymbol = 6
  /// Feature frames from the raised to the lowered frame of a symbol.
  package static let framesPerHop = 2

  /// Bands that are raised or lowered, 300 Hz to 9075 Hz.
  package static let bandCount = 32
  /// Groups the bands are dealt into; each carries one bit of a symbol.
  package static let groupCount = 2
  /// Bands in a group.
  package static let groupSize = bandCount / groupCount

  /// Width of a spectral line in Hz: the sample rate over the length of a frame.
  package static let lineWidth = 75.0
  /// Borders of the bands in units of `lineWidth`: two lines at least, then 7.5 % wider each.
  package static let bandEdges = [
    4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30, 32, 35, 38, 40, 43, 47, 50, 54, 58, 63,
    67, 72, 78, 84, 90, 97, 104, 112, 121,
  ]

  /// Symbols after which chips and signs repeat: 19.2 s.
  ///
  /// It holds the 1824 coded bits of plan direct once and 96 of them twice. 960 is a length for
  /// which the Fourier transforms of the search are fast.
  package static let period = 960
  /// Feature frames in a period at unchanged speed.
  package static let framesPerPeriod = period * framesPerSymbol
}

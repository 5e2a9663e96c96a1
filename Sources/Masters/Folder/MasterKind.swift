/// What a master is of: the member `plan` of its manifest.
package enum MasterKind: String, Sendable, CaseIterable {
  /// Sound: two variants of every symbol, see `Master`.
  case sound = "delivery"
  /// Film: two variants of every segment, see `FilmMaster`.
  case film = "segments"
  /// A picture, every copy of which is marked for itself, see `PictureMaster`.
  case picture = "picture"
}

import Ledger

/// A listening through the server: what a player was given, heard, and did.
struct ServedListener {
  let session: ViewingLog.Session
  var model: WatchModel
  /// Which titles count as listened to.
  private var starts = ViewingStarts()
  /// Whether it counts as a listening.
  var hasBegun: Bool { !starts.begun.isEmpty }
  private var hasStopped = false
  private var wasPaused = false
  /// Where the listener is.
  private var place: (item: Int, milliseconds: Int64)?

  /// How far a place must be from the one before to be a move, in milliseconds.
  private static let move: Int64 = 1500

  init(_ session: ViewingLog.Session, patience: Int64, now: Int64) {
    self.session = session
    model = WatchModel(patience: patience, now: now)
  }

  /// What happened.
  struct Happening {
    /// Parts that were heard and count.
    var heard: [(item: Int, milliseconds: Range<Int64>)] = []
    /// What the listener did, and where.
    var actions: [(action: ViewingAction, position: Int64)] = []
  }

  /// Lets time pass.
  mutating func advance(to now: Int64) -> Happening {
    var happening = Happening()
    let isNew = !hasBegun
    let heard = model.advance(to: now).flatMap { part in
      starts.heard(part.item, part.milliseconds).map { (item: part.item, milliseconds: $0) }
    }
    if isNew || hasStopped, let start = heard.first {
      happening.actions.append((.start, start.milliseconds.lowerBound))
      place = (start.item, start.milliseconds.lowerBound)
    }
    if !heard.isEmpty { hasStopped = false }
    // Several moves at once are one: where he is now.
    var moved: (action: ViewingAction, position: Int64)?
    for part in heard {
      let start = part.milliseconds.lowerBound
      if let place {
        if part.item != place.item {
          moved = (.seek, start)
        } else if abs(start - place.milliseconds) > Self.move {
          moved = (start > place.milliseconds ? .forward : .rewind, start)
        }
      }
      place = (part.item, part.milliseconds.upperBound)
    }
    if hasBegun, model.isPaused != wasPaused {
      wasPaused = model.isPaused
      happening.actions.append((wasPaused ? .pause : .start, place?.milliseconds ?? 0))
    }
    if let moved { happening.actions.append(moved) }
    happening.heard = heard
    return happening
  }

  /// Ends it: the stop, if it is to be said.
  mutating func stop() -> (action: ViewingAction, position: Int64)? {
    guard hasBegun, !hasStopped else { return nil }
    hasStopped = true
    return (.stop, place?.milliseconds ?? 0)
  }
}

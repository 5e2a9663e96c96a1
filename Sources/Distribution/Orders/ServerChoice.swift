import Ledger
import Trade

/// Names delivery servers (signal 4): one that holds all titles of an order first (paragraph 26),
/// then the one with the fewest orders lately, then the one enrolled first.
struct ServerChoice {
  private let facts: Facts
  private var servers: [PartyName]?
  private var placements: [Handle: Placements] = [:]
  var loads: ServerLoads

  init(_ facts: Facts, _ loads: ServerLoads) {
    self.facts = facts
    self.loads = loads
  }

  /// - Parameter titles: the titles of an order.
  /// - Returns: the server.
  /// - Throws: `OrderFault.noServer`.
  mutating func server(for titles: [Published]) throws -> PartyName {
    let servers = try self.servers ?? enrolled()
    self.servers = servers
    let holding = try titles.map { try holders(of: $0) }
    let ranked = servers.enumerated().min { one, other in
      let ranks = [one, other].map { server in
        (
          holding.allSatisfy { $0.contains(server.element) } ? 0 : 1, loads[server.element],
          server.offset
        )
      }
      return ranks[0] < ranks[1]
    }
    guard let server = ranked?.element else { throw OrderFault.noServer }
    return server
  }

  private mutating func holders(of title: Published) throws -> Set<PartyName> {
    let known = try placements[title.content] ?? Placements(of: title.content, facts)
    placements[title.content] = known
    return Set(known.masters.filter { $0.value == title.master }.keys)
  }

  private func enrolled() throws -> [PartyName] {
    var names: [PartyName] = []
    try facts.visit(Term(.space, NumberSpace.deliveryServer.rawValue)) { _, event in
      if let enrolled = event.body as? Enrolled, enrolled.role == .deliveryServer {
        names.append(enrolled.party)
      }
    }
    return try names.filter { try facts.party("\($0)")?.isRevoked == false }
  }
}

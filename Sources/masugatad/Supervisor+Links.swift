import Sys
import Wire

extension Supervisor {
    /// Gives every worker its channels to the helpers, and the log writer every ring: those that are not there yet.
    func link() {
        for worker in children where worker.role == .proxy && worker.conversation.isConfined && !worker.isDoomed {
            link(worker, .signing)
            link(worker, .dialing)
            if worker.links[.records] == nil {
                let ring = rings[Int(worker.worker)]
                worker.send(.attach(purpose: .records, peer: worker.worker), [ring.memory, ring.wakeUp])
                worker.links[.records] = worker.incarnation
            }
        }
        guard let writer = helper(.logd), writer.conversation.isConfined, !writer.isDoomed else { return }
        for (number, ring) in rings.enumerated() where writer.rings.insert(UInt16(number)).inserted {
            writer.send(.attach(purpose: .records, peer: UInt16(number)), [ring.memory, ring.wakeUp])
        }
    }

    /// A channel between a worker and a helper, unless they have one. A helper that was started again gets none before
    /// it serves: it could not answer, and would take the first question for an attack. Nor does a worker get one that
    /// serves an older policy than the helper: that would not know what it asks for. It waits until it has gone over.
    private func link(_ worker: Child, _ purpose: ChannelPurpose) {
        guard let helper = helper(purpose.helper), helper.conversation.isConfined, !helper.isDoomed,
            current == nil || helper.conversation.serving == current?.number,
            worker.conversation.serving == nil || worker.conversation.serving == current?.number,
            worker.links[purpose] != helper.incarnation
        else { return }
        do throws(Failure) {
            let ends = try Ends()
            helper.send(.attach(purpose: purpose, peer: worker.worker), [ends.near])
            worker.send(.attach(purpose: purpose, peer: worker.worker), [ends.far])
            worker.links[purpose] = helper.incarnation
        } catch {
            say("no channel between \(worker.name) and \(helper.name): \(error.text)")
        }
    }

    /// Tells the helpers that a worker is gone.
    func unlink(_ worker: Child) {
        for purpose in [ChannelPurpose.signing, .dialing] {
            guard let helper = helper(purpose.helper), worker.links[purpose] == helper.incarnation else { continue }
            helper.send(.detach(purpose: purpose, peer: worker.worker))
        }
    }
}

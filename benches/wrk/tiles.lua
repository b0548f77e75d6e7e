-- Asks for the tiles of a list, one after the other and round again. The list is the first argument after `--`: a file
-- with one path a line. At the end it prints one line that the benchmark reads.

local requests, at = {}, 0

function init(args)
    local headers = { ["Accept-Encoding"] = "gzip" }
    for path in io.lines(args[1]) do
        requests[#requests + 1] = wrk.format("GET", path, headers)
    end
end

function request()
    at = at % #requests + 1
    return requests[at]
end

function done(summary, latency)
    local e = summary.errors
    io.write(string.format("RESULT %d %d %d %d %d %d\n", summary.requests, summary.duration, summary.bytes,
        latency:percentile(50), latency:percentile(99), e.connect + e.read + e.write + e.status + e.timeout))
end

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/run_events.h"

#include <nlohmann/json.hpp>

#include "app/progress_line.h"
#include "app/streams.h"

namespace geneglass {

using nlohmann::json;

static void sayEvent(const json& event) {
  say(event.dump(-1, ' ', false, json::error_handler_t::replace) + '\n');
}

void RunEvents::run(size_t slides, const std::string& part) const {
  if (m_asJsonLines) sayEvent({{"event", "run"}, {"slides", slides}, {"part", part}});
}

void RunEvents::slide(const std::string& name, const std::string& state, const std::string& text) const {
  if (!m_asJsonLines) return;
  json event = {{"event", "slide"}, {"name", name}, {"state", state}};
  if (!text.empty()) event["text"] = text;
  sayEvent(event);
}

OnProgress RunEvents::progressOf(const std::string& name) const {
  if (!m_asJsonLines) return progressLine();
  return [name](const Progress& progress) {
    json event = {{"event", "progress"},     {"name", name},
                  {"stage", progress.stage}, {"done", progress.done},
                  {"total", progress.total}, {"seconds_left", nullptr}};
    if (progress.secondsLeft >= 0) event["seconds_left"] = progress.secondsLeft;
    sayEvent(event);
  };
}

void RunEvents::end(size_t made, size_t there, size_t failed) const {
  if (m_asJsonLines) sayEvent({{"event", "end"}, {"made", made}, {"was there", there}, {"failed", failed}});
}

}  // namespace geneglass

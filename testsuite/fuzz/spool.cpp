// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The spool: the input is one as another program or a full disk may have left it; then a payload of
// each type, as if its checksum were right.
#include "fuzz.h"
#include "cache/records.h"

namespace {

void read_payload(std::string_view payload) {
  using namespace autopass;
  RecordReader reader(payload);
  switch (reader.type()) {
  case RecordType::Job:
    read_job(reader);
    break;
  case RecordType::Plugin:
    read_plugin_record(reader);
    break;
  case RecordType::QueueRequest:
    read_queue_request(reader);
    break;
  case RecordType::Count:
    read_count_record(reader);
    break;
  }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes = autopass::text(data, size);
  autopass::read_frames(bytes, [](std::string_view payload) {
    autopass::check(!payload.empty());
    read_payload(payload);
  });
  for (const char type : {1, 2, 3, 4}) {
    read_payload(type + bytes);
  }
  return 0;
}

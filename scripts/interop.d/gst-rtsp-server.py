#!/usr/bin/python3
"""Serves the H.264 or H.265 video of a file over RTSP with GStreamer's server: a peer that this project did not write.

Needs Debian's gir1.2-gst-rtsp-server-1.0, python3-gi and gstreamer1.0-plugins-good, -bad (h264parse, h265parse), and Debian's own
python (/usr/bin/python3), which has gi. Prints "ready rtsp://127.0.0.1:PORT/MOUNT" when it accepts connections.
"""

import argparse
import os
import sys

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtsp", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import GLib, Gst, GstRtsp, GstRtspServer  # noqa: E402


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", help="an MP4 file; with --loop a raw byte stream")
    parser.add_argument("--codec", choices=["h264", "h265"], default="h264", help="of its video (default h264)")
    parser.add_argument("--port", default="8554", help="TCP port on 127.0.0.1, 0 for any free one (default 8554)")
    parser.add_argument("--mount", default="cam", help="path of the stream (default cam)")
    parser.add_argument("--user", help="user that may watch; without it anyone may")
    parser.add_argument("--password-file", help="file with the password; the password never is an argument")
    parser.add_argument("--auth", choices=["digest", "basic"], default="digest", help="how the user shows it")
    parser.add_argument("--loop", action="store_true", help="start over at the end of the file, all viewers together")
    return parser.parse_args()


def launch_line(path, codec, loop):
    if loop:
        # multifilesrc repeats the byte stream for ever; identity keeps it at the speed of a camera
        source = f'multifilesrc location="{path}" loop=true ! {codec}parse ! identity sync=true'
    else:
        source = f'filesrc location="{path}" ! qtdemux ! {codec}parse'
    return f"( {source} ! rtp{codec}pay name=pay0 pt=96 config-interval=-1 )"


def protect(server, factory, options):
    with open(options.password_file, encoding="utf-8") as file:
        password = file.read().strip()
    auth = GstRtspServer.RTSPAuth()
    token = GstRtspServer.RTSPToken()
    token.set_string("media.factory.role", "watcher")
    if options.auth == "digest":
        auth.set_supported_methods(GstRtsp.RTSPAuthMethod.DIGEST)
        auth.add_digest(options.user, password, token)
    else:
        auth.set_supported_methods(GstRtsp.RTSPAuthMethod.BASIC)
        auth.add_basic(GstRtspServer.RTSPAuth.make_basic(options.user, password), token)
    role = Gst.Structure.new_empty("watcher")
    role.set_value("media.factory.access", True)
    role.set_value("media.factory.construct", True)
    factory.add_role_from_structure(role)
    server.set_auth(auth)


def main():
    options = arguments()
    if not os.path.isfile(options.file):
        sys.exit(f"no such file: {options.file}")
    if options.user and not options.password_file:
        sys.exit("--user needs --password-file")
    Gst.init(None)
    server = GstRtspServer.RTSPServer()
    server.set_address("127.0.0.1")
    server.set_service(options.port)
    factory = GstRtspServer.RTSPMediaFactory()
    factory.set_launch(launch_line(os.path.abspath(options.file), options.codec, options.loop))
    factory.set_shared(options.loop)
    if options.user:
        protect(server, factory, options)
    server.get_mount_points().add_factory("/" + options.mount, factory)
    if not server.attach(None):
        sys.exit(f"cannot listen on 127.0.0.1:{options.port}")
    print(f"ready rtsp://127.0.0.1:{server.get_bound_port()}/{options.mount}", flush=True)
    GLib.MainLoop().run()


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        pass

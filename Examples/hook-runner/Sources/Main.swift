@main
struct Main {
    static func main() { print("hook-runner is not written yet") }
}
